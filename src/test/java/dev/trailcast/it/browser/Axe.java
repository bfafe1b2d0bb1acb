package dev.trailcast.it.browser;

import dev.trailcast.it.WebJar;
import java.io.IOException;
import java.util.List;

/** axe-core in a page: what keeps some people from using it. */
public final class Axe {
  private final Tab tab;

  /** Puts it into the page that the tab has loaded. */
  public Axe(Tab tab) throws IOException {
    this.tab = tab;
    tab.evaluate(WebJar.of("axe-core").text("axe.min.js"));
  }

  /** What is serious, or worse, of what it finds now, and where. */
  public List<?> violations() {
    return (List<?>)
        tab.evaluate(
            """
            const { violations } = await axe.run(document);
            return violations
                .filter(({ impact }) => impact === 'serious' || impact === 'critical')
                .map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(', ')}`);
            """);
  }
}
