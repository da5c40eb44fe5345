package org.experimaestro.cli.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.experimaestro.cli.SampleTypes;
import org.experimaestro.cli.SampleWorkspace;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class DescribeCommandTest {
    @TempDir
    Path folder;

    private static DescribeCommand command() {
        return new DescribeCommand(plan -> List.of());
    }

    @Test
    void describe_typeOfAJob_hasParametersAndDocumentation() throws IOException {
        SampleWorkspace sample = new SampleWorkspace(folder);
        sample.store(SampleWorkspace.learn(3, SampleWorkspace.adam(0.5), 16));

        SampleWorkspace.Result result = sample.execute(command(), "Learn");

        assertThat(result.out()).isEqualTo("""
                sample.learn, version 2: the task sample.Learn

                Learns a model.

                Parameters:
                  model: Model (required)
                      the model to learn
                  optimizer: Optimizer (required)
                      the optimizer
                  epochs: int (required)
                      number of times to go through the examples
                      at least 1
                  gpus: int = 2 (meta: never counts in the identifier)
                      number of GPUs: changes how fast the model is learned, not what is learned
                  modelPath: Path (generated: model.bin in the job's folder)
                      the file to write the weights to
                """);
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void describe_classPathWithoutWorkspace_isEnough() {
        String nowhere = folder.resolve("nowhere").toString();

        SampleWorkspace.Result result = SampleWorkspace.executeIn(
                command(),
                "sample.Evaluate",
                "--class-path",
                SampleTypes.folder().toString(),
                "--workdir",
                nowhere);

        assertThat(result.out())
                .contains("cutoffs: List<Integer> = [1, 10]", "mode: String = fast", "one of fast, exact");
    }

    @Test
    void describe_html_isAPageWhoseLinksLeadToItsTypes() throws Exception {
        Document page = page("--class-path", SampleTypes.folder().toString());

        List<String> sections = attributes(page, "section", "id");
        assertThat(sections).contains("sample.learn", "sample.adam");
        assertThat(attributes(page, "a", "href"))
                .isNotEmpty()
                .allSatisfy(target -> assertThat(sections).contains(target.substring(1)));
        assertThat(page.getDocumentElement().getTextContent())
                .contains("Learns a model.", "number of times to go through the examples", "at least 1");
    }

    @Test
    void describe_htmlOfHostileText_isText() throws Exception {
        Path types = Files.createDirectories(folder.resolve("classes/META-INF/experimaestro/types"));
        Files.writeString(types.resolve("bad.json"), """
                {"format": 1, "type": "bad", "class": "Bad", "version": 1, "task": false,
                 "description": "<script>alert('x')</script> & \\u001B[2J",
                 "parameters": [{"name": "x", "type": "List<\\"><img src=y>", "description": "</td>", "oneOf": ["<b>"],
                   "required": true, "default": null, "defaultFrom": null, "inId": false, "meta": false,
                   "generatedPath": null, "content": false, "min": null, "max": null}]}
                """);
        Document page = page("--class-path", folder.resolve("classes").toString());

        assertThat(page.getElementsByTagName("script").getLength()).isZero();
        assertThat(page.getElementsByTagName("img").getLength()).isZero();
        assertThat(page.getDocumentElement().getTextContent()).contains("<script>alert('x')</script> & ");
    }

    @Test
    void describe_enums_haveTheirConstants() throws Exception {
        Path types = Files.createDirectories(folder.resolve("classes/META-INF/experimaestro/types"));
        Files.writeString(types.resolve("search.json"), """
                {"format": 1, "type": "search", "class": "Search", "version": 1, "task": false, "description": "",
                 "parameters": [%s, %s, %s]}
                """.formatted(
                        parameter("mode", "Mode", "[]", "{\"Mode\": [\"FAST\", \"EXACT\"]}"),
                        parameter("few", "Mode", "[\"FAST\"]", "{\"Mode\": [\"FAST\", \"EXACT\"]}"),
                        parameter(
                                "levels",
                                "Map<Mode, List<Level>>",
                                "[]",
                                "{\"Mode\": [\"FAST\", \"EXACT\"], \"Level\": [\"LOW\", \"HIGH\"]}")));
        String classes = folder.resolve("classes").toString();

        assertThat(SampleWorkspace.executeIn(command(), "search", "--class-path", classes)
                        .out())
                .contains("""
                          mode: Mode (required)
                              one of FAST, EXACT
                          few: Mode (required)
                              one of FAST
                          levels: Map<Mode, List<Level>> (required)
                              Mode is one of FAST, EXACT
                              Level is one of LOW, HIGH
                        """);
        assertThat(page("--class-path", classes).getDocumentElement().getTextContent())
                .contains("one of FAST, EXACT", "Level is one of LOW, HIGH");
        assertThat(SampleWorkspace.executeIn(command(), "search", "--json", "--class-path", classes)
                        .out())
                .contains("\"enums\":{\"Mode\":[\"FAST\",\"EXACT\"],\"Level\":[\"LOW\",\"HIGH\"]}");
    }

    private static String parameter(String name, String type, String choices, String enums) {
        return """
                {"name": "%s", "type": "%s", "description": "", "oneOf": %s, "enums": %s, "required": true,
                 "default": null, "defaultFrom": null, "inId": false, "meta": false, "generatedPath": null,
                 "content": false, "min": null, "max": null}
                """.formatted(name, type, choices, enums);
    }

    @Test
    void describe_htmlAndJson_isRefused() {
        assertThat(SampleWorkspace.executeIn(command(), "--html", "--json").err())
                .contains("Give one of --json and --html");
    }

    /** The page is XML, too, so that the JDK can read it. */
    private Document page(String... arguments) throws Exception {
        List<String> words = new ArrayList<>(
                List.of("--html", "--workdir", folder.resolve("nowhere").toString()));
        words.addAll(List.of(arguments));
        String html = SampleWorkspace.executeIn(command(), words.toArray(String[]::new))
                .out();
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(html)));
    }

    private static List<String> attributes(Document page, String element, String attribute) {
        NodeList found = page.getElementsByTagName(element);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> ((Element) found.item(i)).getAttribute(attribute))
                .toList();
    }

    @Test
    void describe_defaultsThatHaveChanged_tellsTheFirstOnes() {
        String[] arguments = {
            "sample.schedule",
            "--class-path",
            SampleTypes.folder().toString(),
            "--workdir",
            folder.resolve("nowhere").toString()
        };
        assertThat(SampleWorkspace.executeIn(command(), arguments).out())
                .contains("rate: double = 0.75 (at first 0.4, which does not count in the identifier)")
                .contains("limit: Optional<Integer> = 3 (at first absent, which does not count in the identifier)")
                .contains("patience: Optional<Integer> (at first 5, which does not count in the identifier)")
                .contains("adam: Adam = what fast() makes (at first what slow() makes, which does not count in the"
                        + " identifier)");

        String[] asJson = java.util.Arrays.copyOf(arguments, arguments.length + 1);
        asJson[arguments.length] = "--json";
        assertThat(SampleWorkspace.executeIn(command(), asJson).out())
                .contains("\"default\":\"0.75\",\"defaultFrom\":null,\"was\":\"0.4\"")
                .contains("\"default\":\"3\",\"defaultFrom\":null,\"was\":null");
    }

    @Test
    void describe_relativeDefaultPath_saysThatItCountsAndWhereItStarts() {
        SampleWorkspace.Result result = SampleWorkspace.executeIn(
                command(), "Search", "--class-path", SampleTypes.folder().toString());

        assertThat(result.out())
                .contains("  words: Path = data/words.txt"
                        + " (starts from the plan's folder, and so counts in the identifier)\n");
    }

    @Test
    void describe_plan_asksForItsClassPath() {
        DescribeCommand command = new DescribeCommand(
                plan -> plan.equals(Path.of("debug.yaml")) ? List.of(SampleTypes.folder()) : List.of());

        SampleWorkspace.Result result = SampleWorkspace.executeIn(
                command, "sample.adam", "--plan=debug.yaml", "--json", "--workdir", folder.toString());

        JsonObject json = JsonObject.of(Json.parse(result.out()), "out");
        assertThat(json.string("class")).isEqualTo("sample.Adam");
        assertThat(JsonObject.of(json.list("parameters").get(0), "out").string("default"))
                .isEqualTo("1e-3");
    }

    @Test
    void describe_withoutType_listsAll() throws IOException {
        SampleWorkspace.Result result = new SampleWorkspace(folder).execute(command());

        assertThat(result.out()).startsWith("""
                TYPE                  KIND           CLASS                DESCRIPTION
                sample.adam           configuration  sample.Adam          The Adam optimizer.
                sample.descent        configuration  sample.Descent
                sample.evaluate       task           sample.Evaluate      Measures how good a model is.
                """);
    }

    @Test
    void describe_unknownType_suggestsTheNearest() throws IOException {
        SampleWorkspace.Result result = new SampleWorkspace(folder).execute(command(), "sample.lern");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .isEqualTo(
                        "Error: There is no description of a type \"sample.lern\"; did you mean \"sample.learn\"?\n");
    }

    @Test
    void describe_corruptDescription_warnsAndGoesOn() throws IOException {
        Path types = Files.createDirectories(folder.resolve("classes/META-INF/experimaestro/types"));
        Files.writeString(types.resolve("broken.json"), "{");
        String classPath = folder.resolve("classes") + ":" + SampleTypes.folder();

        SampleWorkspace.Result result =
                SampleWorkspace.executeIn(command(), "Adam", "--class-path", classPath, "--workdir", folder.toString());

        assertThat(result.out()).contains("The Adam optimizer.");
        assertThat(result.err()).contains("Warning: Cannot read a type");
    }

    @Test
    void describe_noWorkspace_saysWhereItLooked() {
        Path nowhere = folder.resolve("nowhere");

        SampleWorkspace.Result result = SampleWorkspace.executeIn(command(), "Adam", "--workdir", nowhere.toString());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("There is no workspace in " + nowhere + " (--workdir)");
    }
}
