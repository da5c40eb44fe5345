package org.experimaestro.monitor.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.experimaestro.WorkspaceException;
import org.experimaestro.monitor.type.TypeCatalog;
import org.experimaestro.monitor.view.ConfigurationTree;
import org.experimaestro.monitor.view.StoredConfiguration;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplanationTest {
    @TempDir
    private Path folder;

    private StoredJobs jobs;

    @BeforeEach
    void open() {
        jobs = new StoredJobs(Workspace.open(folder.resolve("work")));
    }

    /** Types as the annotation processor describes them, with parameters such as {@code "lr": double = 0.5}. */
    private TypeCatalog types(String... parameters) throws IOException {
        Path described = Files.createDirectories(folder.resolve("classes/META-INF/experimaestro/types"));
        Files.writeString(
                described.resolve("a.learn.json"),
                "{\"format\":1,\"type\":\"a.learn\",\"class\":\"T\",\"version\":1,\"task\":true,\"description\":\"\",\"parameters\":["
                        + String.join(",", parameters) + "]}");
        return TypeCatalog.of(List.of(folder.resolve("classes")));
    }

    private static String parameter(String name, String type, String... others) {
        Map<String, String> members = new HashMap<>(Map.of(
                "required", "false",
                "default", "null",
                "defaultFrom", "null",
                "inId", "false",
                "meta", "false",
                "generatedPath", "null",
                "content", "false",
                "min", "null",
                "max", "null",
                "oneOf", "[]"));
        members.put("description", "\"\"");
        for (int i = 0; i < others.length; i += 2) {
            members.put(others[i], others[i + 1]);
        }
        StringBuilder json = new StringBuilder("{\"name\":\"" + name + "\",\"type\":\"" + type + "\"");
        members.forEach(
                (key, value) -> json.append(",\"").append(key).append("\":").append(value));
        return json.append('}').toString();
    }

    private static List<String> notes(Explanation explanation) {
        return explanation.parameters(explanation.root()).stream()
                .map(each -> each.name() + " " + each.counting() + " " + each.note())
                .toList();
    }

    @Test
    void parameters_eachKind_saysWhetherItCounted() throws IOException {
        JobFolder job = jobs.store(1, Map.of("lr", 0.5, "epochs", 7, "device", "cpu", "size", 3));
        TypeCatalog types = types(
                parameter("lr", "double", "default", "\"5e-1\""),
                parameter("epochs", "int", "default", "\"4\""),
                parameter("device", "String", "meta", "true"),
                parameter("out", "Path", "generatedPath", "\"model.bin\""),
                parameter("size", "int", "default", "\"3\"", "inId", "true"));

        Explanation explanation = Explanation.of(job, types);

        assertThat(notes(explanation))
                .containsExactly(
                        "lr DEFAULT does not count: the default",
                        "epochs COUNTED ",
                        "device META does not count: meta",
                        "out GENERATED_PATH does not count: generated, model.bin",
                        "size COUNTED ");
        assertThat(explanation.unknownTypes()).isEmpty();
    }

    @Test
    void parameters_initTasksAndRulesOfThePlan_areShown() throws IOException {
        String text = """
                {"format":1,"identifierFormat":1,"configurations":{
                 "cache":{"type":"a.cache","version":1,"class":"C","id":"%1$032d","parameters":{"size":3},"counts":false},
                 "model":{"type":"a.model","version":1,"class":"M","id":"%2$032d","parameters":{},"counts":true},
                 "load":{"type":"a.load","version":1,"class":"L","id":"%3$032d","parameters":{"file":"/x"},"tags":{"k":2}},
                 "learn":{"type":"a.learn","version":1,"class":"T","id":"%4$032d",
                  "parameters":{"cache":"@cache","model":"@model"},"init":["@load"]}},
                 "value":"@learn"}""".formatted(1, 2, 3, 4);
        ConfigurationTree tree = ConfigurationTree.parse(text);
        TypeCatalog types = types(parameter("cache", "Cache"), parameter("model", "Model", "meta", "true"));

        Explanation explanation = Explanation.of(tree, types);

        assertThat(notes(explanation))
                .containsExactly(
                        "cache META does not count: asMeta() in the plan",
                        "model COUNTED counts: asCounted() in the plan",
                        "(init 1) COUNTED ");
        assertThat(ParameterTree.of(explanation))
                .extracting(ParameterTree.Node::name)
                .containsExactly("cache", "model", "(init 1)");
        assertThat(tree.tags()).containsExactly(Map.entry("k", 2L));
        assertThat(tree.values()).containsEntry("(init 1)", Map.of("file", "/x"));
    }

    @Test
    void parameters_typeOfAnotherVersion_isNotKnown() throws IOException {
        JobFolder job = jobs.store(1, Map.of("gone", 1));

        Explanation explanation = Explanation.of(job, types(parameter("lr", "double")));

        assertThat(notes(explanation)).containsExactly("gone UNKNOWN ");
        assertThat(explanation.unknownTypes()).containsExactly("a.learn");
    }

    @Test
    void parameters_firstDefault_isTheOneThatDoesNotCount() throws IOException {
        JobFolder job = jobs.store(1, Map.of("lr", 0.4, "k", 2));
        TypeCatalog types = types(
                parameter("lr", "double", "default", "\"0.75\"", "was", "\"0.4\""),
                parameter("k", "int", "default", "\"2\"", "was", "\"1\""));

        assertThat(notes(Explanation.of(job, types)))
                .containsExactly("lr DEFAULT does not count: the first default", "k COUNTED ");
    }

    @Test
    void parameters_configurations_areResolvedAtAnyDepth() throws IOException {
        JobFolder job = jobs.store(
                1,
                Map.of("parts", List.of("@m", Map.of("a", "@m"))),
                Map.of("m", StoredJobs.configuration("a.model", 2, null, Map.of("layers", 3))));

        Explanation explanation = Explanation.of(job, TypeCatalog.EMPTY);

        Object parts = explanation.parameters(explanation.root()).get(0).value();
        assertThat(parts).asInstanceOf(InstanceOfAssertFactories.LIST).hasSize(2);
        assertThat(((List<?>) parts).get(0)).isInstanceOf(StoredConfiguration.class);
        assertThat(((Map<?, ?>) ((List<?>) parts).get(1)).get("a")).isEqualTo(((List<?>) parts).get(0));
    }

    @Test
    void of_jobThatCannotBeRead_isAnErrorWithItsFile() throws IOException {
        JobFolder job = jobs.store(1, Map.of());
        Files.writeString(job.parametersFile(), "[]");

        assertThatThrownBy(() -> Explanation.of(job, TypeCatalog.EMPTY))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining(job.parametersFile().toString());
    }
}
