package dev.trailcast.ingest.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProductTest {
  @ParameterizedTest
  @CsvSource({"H2,H2", "DB2/LINUXX8664,DB2", "Microsoft SQL Server,SQL_SERVER", "MySQL,MYSQL"})
  void isKnownByTheNameThatItsDriverGives(String name, Product product) {
    assertThat(Product.named(name)).isEqualTo(product);
  }

  @Test
  void isOneOfThoseThatAreNamedWhereItIsNot() {
    assertThatThrownBy(() -> Product.named("HSQL Database Engine"))
        .isInstanceOf(OutboxException.class)
        .hasMessageContaining("PostgreSQL")
        .hasMessageEndingWith("not in HSQL Database Engine");
  }

  @ParameterizedTest
  @EnumSource
  void isToldInTheDocumentationWhatMakesTheTable(Product product) throws IOException {
    assertThat(Files.readString(Path.of("docs/outbox.md"))).contains(product.createTable() + ";");
  }
}
