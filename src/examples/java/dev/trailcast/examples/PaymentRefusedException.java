package dev.trailcast.examples;

/** Somebody can't pay for what he wants to order. */
public class PaymentRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  PaymentRefusedException(String message) {
    super(message);
  }
}
