package dev.trailcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import dev.trailcast.http.TrailcastApi;
import dev.trailcast.it.Description;
import dev.trailcast.it.Operation;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What OpenAPI says of our addresses, against the classes that are there. */
class OpenApiTest {
  private static final Pattern PATTERN = Pattern.compile("\\{(\\w+): *([^{}]+)}");

  /** What is neither a resource's method nor one's of the runtime: the gate answers it. */
  private static final Set<String> ANSWERED_BEFORE = Set.of("OPTIONS /api/activities");

  private static final List<Called> RESOURCE_METHODS = find();

  private final Description openApi = Description.openApi(Description.delivered("openapi.yaml"));

  /** A method that the runtime calls, and the path that it is called for. */
  private record Called(String path, Method method) {
    String verb() {
      return Stream.of(method.getAnnotations())
          .map(each -> each.annotationType().getAnnotation(HttpMethod.class))
          .filter(verb -> verb != null)
          .map(HttpMethod::value)
          .findFirst()
          .orElseThrow();
    }

    /** As OpenAPI has it. */
    String door() {
      return verb() + ' ' + PATTERN.matcher(path).replaceAll("{$1}");
    }

    /** Of the method, or of its class. */
    <A extends Annotation> A annotation(Class<A> type) {
      return method.getAnnotation(type);
    }
  }

  private static List<Called> find() {
    return new ClassFileImporter()
        .withImportOption(new DoNotIncludeTests()).importPackages("dev.trailcast").stream()
            .filter(type -> type.isAnnotatedWith(Path.class))
            .map(JavaClass::reflect)
            .flatMap(type -> Stream.of(type.getDeclaredMethods()))
            .filter(method -> isCalled(method))
            .map(OpenApiTest::called)
            .toList();
  }

  private static boolean isCalled(Method method) {
    return Stream.of(method.getAnnotations())
        .anyMatch(each -> each.annotationType().isAnnotationPresent(HttpMethod.class));
  }

  private static Called called(Method method) {
    String resource = method.getDeclaringClass().getAnnotation(Path.class).value();
    Path own = method.getAnnotation(Path.class);
    return new Called(
        "/api/"
            + resource.substring(TrailcastApi.RESOURCES.length())
            + (own == null ? "" : '/' + own.value()),
        method);
  }

  private Map<String, Operation> operations() {
    Map<String, Operation> operations = new TreeMap<>();
    Operation.of(openApi).forEach(each -> operations.put(each.method() + ' ' + each.path(), each));
    return operations;
  }

  @Test
  void describesEveryMethodOfEveryResourceAndNoOther() {
    Set<String> there = new TreeSet<>(ANSWERED_BEFORE);
    RESOURCE_METHODS.forEach(each -> there.add(each.door()));

    assertThat(operations().keySet()).isEqualTo(there);
  }

  @Test
  void describesEveryMediaTypeThatIsAnsweredAndOneOfThoseThatAreTaken() {
    for (Called called : RESOURCE_METHODS) {
      Operation operation = operations().get(called.door());
      Consumes consumes = called.annotation(Consumes.class);
      if (consumes != null && operation.part().has("requestBody") && !isRefusal(called)) {
        assertThat(operation.bodies().keySet())
            .as(called.toString())
            .containsAnyOf(consumes.value());
      }
      Produces produces = called.annotation(Produces.class);
      if (produces != null && !called.verb().equals("HEAD")) {
        assertThat(operation.responses().get("200").get("content").members().keySet())
            .as(called.toString())
            .contains(produces.value()[0].replaceAll(";.*", ""));
      }
    }
  }

  /** What is there to say no alone takes everything. */
  private static boolean isRefusal(Called called) {
    return called.method().getParameterCount() == 0;
  }

  @Test
  void describesEveryHeaderThatAMethodIsGiven() {
    for (Called called : RESOURCE_METHODS) {
      for (Parameter parameter : called.method().getParameters()) {
        HeaderParam header = parameter.getAnnotation(HeaderParam.class);
        if (header != null) {
          assertThat(operations().get(called.door()).parameters("header"))
              .as(called.toString())
              .contains(header.value());
        }
      }
    }
  }

  @Test
  void describesJustThoseValuesInAPathThatAreTaken() {
    for (Called called : RESOURCE_METHODS) {
      Matcher pattern = PATTERN.matcher(called.path());
      while (pattern.find()) {
        String name = pattern.group(1);
        assertThat(values(operations().get(called.door()), name))
            .as(called.toString())
            .isEqualTo(alternatives(pattern.group(2)));
      }
    }
  }

  private static Set<String> values(Operation operation, String name) {
    return operation.parameters().stream()
        .filter(parameter -> parameter.get("name").text().equals(name))
        .flatMap(parameter -> parameter.get("schema").get("enum").elements().stream())
        .map(Description.Part::text)
        .collect(Collectors.toSet());
  }

  /** Of a pattern of words, and of one letter of several. */
  private static Set<String> alternatives(String pattern) {
    return Stream.of(pattern.split("\\|"))
        .flatMap(
            each ->
                each.startsWith("[")
                    ? Stream.of(each.substring(1, each.length() - 1).split(""))
                    : Stream.of(each))
        .collect(Collectors.toSet());
  }

  @Test
  void hasExamplesThatAreAsItDescribesThem() {
    Map<String, List<String>> misfits = new HashMap<>();
    for (Operation operation : Operation.of(openApi)) {
      operation.parameters().forEach(each -> addMisfits(each, misfits));
      operation.bodies().values().forEach(each -> addMisfits(each, misfits));
      operation
          .responses()
          .values()
          .forEach(
              response ->
                  response
                      .get("content")
                      .members()
                      .values()
                      .forEach(each -> addMisfits(each, misfits)));
    }
    assertThat(misfits).isEmpty();
  }

  private static void addMisfits(Description.Part described, Map<String, List<String>> misfits) {
    Stream.concat(
            Stream.of(described)
                .filter(each -> each.has("example"))
                .map(each -> each.get("example")),
            described.get("examples").members().values().stream().map(each -> each.get("value")))
        .forEach(
            example -> {
              List<String> found =
                  described.has("schema")
                      ? described.get("schema").misfits(example.node())
                      : List.of("no schema");
              if (!found.isEmpty()) {
                misfits.put(example.toString(), found);
              }
            });
  }

  @Test
  void hasAnExampleOfEachParameterButThoseThatDependOnTheJournal() {
    for (Operation operation : Operation.of(openApi)) {
      for (Description.Part parameter : operation.parameters()) {
        String name = parameter.get("name").text();
        boolean depends =
            Set.of("If-None-Match").contains(name)
                || name.equals("after") && operation.path().equals("/api/readers");
        assertThat(parameter.has("examples"))
            .as("%s %s: %s", operation.method(), operation.path(), name)
            .isNotEqualTo(depends);
      }
    }
  }
}
