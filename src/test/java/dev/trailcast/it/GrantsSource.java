package dev.trailcast.it;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Somebody's configuration that changes while the application runs: a PUT sets who may follow. */
@WebServlet("/grants")
public class GrantsSource extends HttpServlet implements ConfigSource {
  private static final long serialVersionUID = 1;

  private static final String KEY = "trailcast.access.subscribe";

  // the server makes one for MicroProfile Config, and another as a servlet
  private static final Map<String, String> SET = new ConcurrentHashMap<>();

  @Override
  protected void doPut(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] grants = request.getInputStream().readAllBytes();
    SET.put(KEY, new String(grants, StandardCharsets.UTF_8));
  }

  @Override
  public String getName() {
    return "grants";
  }

  @Override
  public int getOrdinal() {
    return 1_000;
  }

  @Override
  public Set<String> getPropertyNames() {
    return Set.copyOf(SET.keySet());
  }

  @Override
  public Map<String, String> getProperties() {
    return Map.copyOf(SET);
  }

  @Override
  public String getValue(String key) {
    return SET.get(key);
  }
}
