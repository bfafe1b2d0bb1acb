package dev.trailcast.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7",
    "::ffff:192.0.2.7, 192.0.2.7",
    "2001:db8:0:7::1, 20010db800000007::/64",
    "2001:db8:0:7:ffff:ffff:ffff:ffff, 20010db800000007::/64",
    "2001:db8:0:8::1, 20010db800000008::/64",
    "fe80::1%lo, fe80000000000000::/64",
    "0:0:0:0:0:0:0:1, 0000000000000000::/64",
    "a::b::c, a::b::c"
  })
  void isBoundedByItsAddressOrTheNetworkThatIsAllItsOwn(String address, String network) {
    assertThat(TestCallers.of(address, null).network()).isEqualTo(network);
  }
}
