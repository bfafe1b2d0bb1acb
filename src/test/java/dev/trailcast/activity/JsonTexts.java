package dev.trailcast.activity;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Texts that are JSON (RFC 8259), and texts that are not, whatever some parsers think. With {@code
 * json.suite} those of a folder, too: the {@code test_parsing} of <a
 * href="https://github.com/nst/JSONTestSuite">JSONTestSuite</a>, whose names begin with y where all
 * must take it, with n where none may, and with i where each may do as it likes.
 */
public final class JsonTexts {
  private static final List<String> VALID =
      List.of(
          "[]",
          "{}",
          " [ 1 , 2 ]\n",
          "\t{ \"a\" : [ ] , \"b\" : { } }\r\n",
          "null",
          "true",
          "false",
          "\"\"",
          "\" \"",
          "-0",
          "0e+1",
          "0.1E-9",
          "123.456e78",
          "[-123123123123123123123123123123]",
          "-237462374673276894279832749832423479823246327846",
          "[1e-400]",
          "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\"",
          "\"\\u0000\"",
          "\"\\uD834\\uDd1e\"",
          "\"\\uDBFF\\uDFFE\"",
          "\"\\\\u0000\"",
          "\"\u007f\"",
          "\"\u00c3\u00a9\u00e2\u0082\u00ac\u00f0\u009f\u0098\u0080\"",
          "\"\u00ef\u00bb\u00bf\"",
          "\"a/*b*/c//d\"",
          "{\"\":0}",
          "{\"a\":\"b\",\"a\":\"b\"}",
          "{\"a\\u0000b\":[{}]}",
          "[[[[[[[[[[]]]]]]]]]]",
          "[1,null,true,\"x\",{},[]]");

  private static final List<String> INVALID =
      List.of(
          "",
          " ",
          "\u00ef\u00bb\u00bf",
          "\u0000",
          "[",
          "]",
          "{",
          "}",
          "[}",
          "{]",
          "[1",
          "[1,",
          "[,1]",
          "[1,]",
          "[1,,2]",
          "[1 2]",
          "[1:2]",
          "[1]]",
          "[1]x",
          "[][]",
          "[1]#",
          "[1]//",
          "/**/[1]",
          "[1/**/]",
          "{\"a\"}",
          "{\"a\":}",
          "{\"a\" 1}",
          "{\"a\",1}",
          "{\"a\"::1}",
          "{\"a\":1,}",
          "{\"a\":1,,\"b\":2}",
          "{,\"a\":1}",
          "{a:1}",
          "{'a':1}",
          "{1:1}",
          "{null:1}",
          "{[1]:1}",
          "{\"a\":1}}",
          "{\"a\":1}{}",
          "{\"a\":1 \"b\":2}",
          "{\"a\":\"a",
          "nul",
          "nulls",
          "True",
          "[TRUE]",
          "undefined",
          "NaN",
          "[-NaN]",
          "Infinity",
          "-Infinity",
          "+1",
          "-",
          "--1",
          "- 1",
          "01",
          "-01",
          ".1",
          "-.1",
          "1.",
          "1.e1",
          "1e",
          "1e+",
          "1E-",
          "1eE2",
          "1e1.5",
          "1.2.3",
          "0x1",
          "1_000",
          "1 000",
          "1a",
          "\u00ef\u00bc\u0091",
          "\"",
          "\"a",
          "\"\\\"",
          "\"\\\\\"\"",
          "'a'",
          "\"\\a\"",
          "\"\\x41\"",
          "\"\\u\"",
          "\"\\u004\"",
          "\"\\u004g\"",
          "\"\\uD800\\u\"",
          "\"\\ \"",
          "\"\n\"",
          "\"\t\"",
          "\"\u0000\"",
          "\"\u001f\"",
          "\"\u00ff\"",
          "\"\u00c0\u0080\"",
          "\"\u00e0\u0080\u0080\"",
          "\"\u00ed\u00a0\u0080\"",
          "\"\u00f4\u0090\u0080\u0080\"",
          "\"\u00e2\u0082\"",
          "[\u00a0]",
          "[\u000b1]",
          "[\f1]",
          "[\u00e2\u0081\u00a01]",
          "\u00ff\u00fe[\u0000]\u0000",
          "\u0000[\u0000]",
          "<a/>",
          "*",
          "[*]",
          "[\"a\",\n4\n,1,",
          "[".repeat(100_000),
          "{\"\":".repeat(50_000),
          "[{\"\":".repeat(50_000));

  private JsonTexts() {}

  /**
   * A text, in whatever encoding.
   *
   * @param name for the eye
   */
  public record Text(String name, byte[] bytes) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** What is JSON. */
  public static Stream<Text> valid() {
    return Stream.concat(VALID.stream().map(JsonTexts::text), suite("y_"));
  }

  /** What is not. */
  public static Stream<Text> invalid() {
    return Stream.concat(INVALID.stream().map(JsonTexts::text), suite("n_"));
  }

  /** What may be, or not. */
  public static Stream<Text> either() {
    return Stream.concat(
        Stream.of(
                "\"\\ud800\"", "[1e400]", "\u00ef\u00bb\u00bf{}", "[".repeat(500) + "]".repeat(500))
            .map(JsonTexts::text),
        suite("i_"));
  }

  private static Text text(String latin1) {
    String name = latin1.length() > 40 ? latin1.substring(0, 40) + "…" : latin1;
    return new Text(name, latin1.getBytes(ISO_8859_1));
  }

  private static Stream<Text> suite(String prefix) {
    String folder = System.getProperty("json.suite");
    if (folder == null) {
      return Stream.empty();
    }
    List<Text> texts = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.startsWith(prefix)) {
          texts.add(new Text(name, Files.readAllBytes(file)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts.stream();
  }

  /**
   * The text inside of another.
   *
   * @param around of ASCII, with {@code %s} where it is to stand
   */
  public static byte[] inside(String around, Text text) {
    return around.replace("%s", new String(text.bytes(), ISO_8859_1)).getBytes(ISO_8859_1);
  }
}
