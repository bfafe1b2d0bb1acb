package dev.trailcast.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/**
 * Tells by a JSON Web Token who its bearer is. Neither server's own way can be optional beside the
 * host's log-in, so it is done here. Safe for use by many threads.
 */
@ApplicationScoped
public class Tokens {
  private static final System.Logger LOG = System.getLogger(Tokens.class.getName());

  private final TokenSettings settings;
  private final JwtConsumer consumer;

  /** Takes what the settings allow, by the keys that they name. */
  @Inject
  public Tokens(SecuritySettings settings) {
    this(
        settings.tokens(),
        new PublishedKeys(new KeySource(settings.tokens().keys())::read, System::nanoTime));
  }

  /** For the client proxy that CDI makes. */
  Tokens() {
    settings = null;
    consumer = null;
  }

  Tokens(TokenSettings settings, PublishedKeys keys) {
    this.settings = settings;
    JwtConsumerBuilder builder =
        new JwtConsumerBuilder()
            .setRequireExpirationTime()
            .setAllowedClockSkewInSeconds((int) settings.clockSkew().toSeconds())
            .setExpectedIssuer(settings.issuer())
            .setVerificationKeyResolver(keys)
            .setJwsAlgorithmConstraints(
                ConstraintType.PERMIT, settings.algorithms().toArray(String[]::new));
    consumer =
        (settings.audience().isEmpty()
                ? builder.setSkipDefaultAudienceValidation()
                : builder.setExpectedAudience(settings.audience()))
            .build();
  }

  /** Whether any are taken here. */
  boolean areTaken() {
    return settings.areTaken();
  }

  /**
   * Who the bearer of a token is.
   *
   * @throws WebApplicationException 401 if it is not good
   * @throws KeysUnavailableException if that can't be found out now
   */
  Identity identity(String token) {
    if (!areTaken()) {
      throw Refusal.badToken(
          "No tokens are taken here: nobody has configured whose (trailcast.security.issuer and"
              + " trailcast.security.keys), and the server has not taken this one.");
    }
    try {
      return identity(consumer.processToClaims(token));
    } catch (InvalidJwtException e) {
      LOG.log(Level.DEBUG, "A token was refused", e);
      if (isForWantOfKeys(e)) {
        throw new KeysUnavailableException();
      }
      throw Refusal.badToken("The token is not good: " + reason(e) + '.');
    } catch (MalformedClaimException | IllegalArgumentException e) {
      throw Refusal.badToken("The token is not good: " + e.getMessage() + '.');
    }
  }

  private Identity identity(JwtClaims claims) throws MalformedClaimException {
    Map<String, Object> all = claims.getClaimsMap();
    String name = name(all);
    return new Identity(
        name,
        Claims.words(Claims.find(all, settings.groupsClaim())),
        Claims.rights(all.get(Claims.RIGHTS), name),
        Claims.moment(claims.getExpirationTime().getValue())
            .map(end -> end.plus(settings.clockSkew())));
  }

  private String name(Map<String, Object> claims) {
    return settings.nameClaims().stream()
        .map(claims::get)
        .filter(Claims::isText)
        .map(Claims::text)
        .filter(name -> !name.isBlank())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "it names no user, by none of " + String.join(", ", settings.nameClaims())));
  }

  private static boolean isForWantOfKeys(Throwable problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof KeysUnavailableException) {
        return true;
      }
    }
    return false;
  }

  /** In our words: those of the library quote the token. */
  private static String reason(InvalidJwtException e) {
    return Optional.of(
            REASONS.stream()
                .filter(reason -> e.hasErrorCode(reason.code()))
                .map(Reason::said)
                .toList())
        .filter(said -> !said.isEmpty())
        .map(said -> String.join(", ", said))
        .orElse("it is no JSON Web Token that can be read");
  }

  private record Reason(int code, String said) {}

  private static final List<Reason> REASONS =
      List.of(
          new Reason(ErrorCodes.EXPIRED, "it has expired"),
          new Reason(ErrorCodes.EXPIRATION_MISSING, "it does not say when it expires"),
          new Reason(ErrorCodes.NOT_YET_VALID, "it is not valid yet"),
          new Reason(ErrorCodes.ISSUER_INVALID, "it is another issuer's"),
          new Reason(ErrorCodes.ISSUER_MISSING, "it does not say whose it is"),
          new Reason(ErrorCodes.AUDIENCE_INVALID, "it is for somebody else"),
          new Reason(ErrorCodes.AUDIENCE_MISSING, "it does not say for whom it is"),
          new Reason(ErrorCodes.SIGNATURE_INVALID, "its signature is not its issuer's"),
          new Reason(ErrorCodes.SIGNATURE_MISSING, "it has no signature"));
}
