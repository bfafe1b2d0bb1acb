package dev.trailcast.it.browser;

import dev.trailcast.it.Machine;
import dev.trailcast.it.Platform;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The three engines that pages are shown by. */
public enum BrowserKind {
  CHROMIUM {
    @Override
    public boolean isInstalled() {
      return binary().isPresent() && driver().isPresent();
    }

    @Override
    Browser start(Sandbox sandbox, ColorScheme scheme, boolean hasCookies) throws IOException {
      return DrivenBrowser.chromium(
          sandbox, binary().orElseThrow(), driver().orElseThrow(), scheme, hasCookies);
    }

    private Optional<Path> binary() {
      return firstOf("chromium", "chromium-browser", "google-chrome");
    }

    private Optional<Path> driver() {
      return firstOf("chromedriver");
    }
  },

  FIREFOX {
    @Override
    public boolean isInstalled() {
      return binary().isPresent();
    }

    @Override
    Browser start(Sandbox sandbox, ColorScheme scheme, boolean hasCookies) throws IOException {
      return BidiBrowser.firefox(sandbox, binary().orElseThrow(), scheme, hasCookies);
    }

    private Optional<Path> binary() {
      return firstOf("firefox-esr", "firefox");
    }
  },

  /** WebKitGTK, the engine of Safari. */
  WEBKIT {
    @Override
    public boolean isInstalled() {
      return binary().isPresent() && driver().isPresent() && display().isPresent();
    }

    @Override
    Browser start(Sandbox sandbox, ColorScheme scheme, boolean hasCookies) throws IOException {
      if (!hasCookies) {
        throw new UnsupportedOperationException("its small browser has no such setting");
      }
      return DrivenBrowser.webkit(
          sandbox, binary().orElseThrow(), driver().orElseThrow(), display().orElseThrow(), scheme);
    }

    private Optional<Path> driver() {
      return firstOf("WebKitWebDriver");
    }

    private Optional<Path> display() {
      return firstOf("Xvfb");
    }

    /** On no path: distributions have it beside the library, whose version it carries. */
    private Optional<Path> binary() {
      return Stream.of("/usr/lib", "/usr/lib64", "/usr/libexec")
          .map(Path::of)
          .flatMap(directory -> Stream.concat(Stream.of(directory), in(directory, "*-linux-gnu")))
          .flatMap(directory -> in(directory, "webkit*gtk-*"))
          .map(directory -> directory.resolve("MiniBrowser"))
          .filter(Files::isExecutable)
          .findFirst();
    }

    private Stream<Path> in(Path directory, String glob) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, glob)) {
        List<Path> paths = new ArrayList<>();
        found.forEach(paths::add);
        return paths.stream();
      } catch (IOException e) {
        return Stream.empty(); // this system has no such directory
      }
    }
  };

  /** Whether it is here with all that drives it. */
  public abstract boolean isInstalled();

  abstract Browser start(Sandbox sandbox, ColorScheme scheme, boolean hasCookies)
      throws IOException;

  /** Starts one that prefers light pages; where it is not installed, the test is left out. */
  public Browser start() {
    return start(ColorScheme.LIGHT);
  }

  /** The same with another preference. */
  public Browser start(ColorScheme scheme) {
    return start(scheme, true);
  }

  /** The same, but its user has blocked all cookies, and whatever else a page could keep. */
  public Browser startWithoutCookies() {
    return start(ColorScheme.LIGHT, false);
  }

  private Browser start(ColorScheme scheme, boolean hasCookies) {
    Machine.mustHave(this, isInstalled());
    Sandbox sandbox = new Sandbox();
    try {
      return start(sandbox, scheme, hasCookies);
    } catch (IOException | RuntimeException e) {
      String said = sandbox.said();
      sandbox.close();
      throw new IllegalStateException(this + " does not start, but says:\n" + said, e);
    }
  }

  /**
   * Those that pages are tested in: all on Open Liberty. What a page does differs from browser to
   * browser, and from server to server only in what the server sends, so one does elsewhere.
   */
  public static List<BrowserKind> ofPages() {
    return Platform.current() == Platform.LIBERTY ? List.of(values()) : List.of(CHROMIUM);
  }

  /** Those of them that are installed; where none is, the test is left out. */
  public static List<BrowserKind> installed() {
    List<BrowserKind> installed =
        ofPages().stream().filter(kind -> kind.isInstalled() || Machine.hasAll()).toList();
    Machine.mustHave("any browser", !installed.isEmpty());
    return installed;
  }

  private static Optional<Path> firstOf(String... names) {
    return Stream.of(names).map(Machine::program).flatMap(Optional::stream).findFirst();
  }
}
