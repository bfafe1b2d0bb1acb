package dev.trailcast.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * An application whose users log in by a form of its own; the tests' servers know {@code alice},
 * who is in the role {@code support}, and {@code bob}, who is in {@code shop}.
 */
public final class FormLogIn {
  private static final String PAGE = "private/page.html";

  private FormLogIn() {}

  /** The same application with such a form. */
  public static WebArchive addTo(WebArchive application) {
    return application
        .addAsWebResource(new StringAsset("only for users"), PAGE)
        .addAsWebResource(new StringAsset("log in"), "login.html")
        .setWebXML("form-login.xml");
  }

  /** A browser whose user has filled in the form. */
  public static HttpClient as(String user, Server server) throws Exception {
    HttpClient browser =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .build();
    URI page = server.base().resolve(PAGE);
    HttpResponse<String> form =
        browser.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString());
    if (form.statusCode() == 302) { // to the form, or with it
      browser.send(
          HttpRequest.newBuilder(page.resolve(form.headers().firstValue("Location").orElseThrow()))
              .build(),
          BodyHandlers.ofString());
    }
    String filledIn =
        "j_username=" + URLEncoder.encode(user, StandardCharsets.UTF_8) + "&j_password=secret";
    HttpResponse<String> sent =
        browser.send(
            HttpRequest.newBuilder(server.base().resolve("j_security_check"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(filledIn))
                .build(),
            BodyHandlers.ofString());
    assertThat(sent.statusCode()).as(sent.body()).isIn(302, 303);
    HttpResponse<String> inside = // Payara binds the user to the session when it comes back
        browser.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString());
    assertThat(inside.body()).isEqualTo("only for users");
    return browser;
  }
}
