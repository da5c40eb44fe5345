package org.experimaestro.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** A published module describes itself, is listed in the bom, and needs published modules only. */
class PublishedModulesTest {
    @TempDir
    Path folder;

    @Test
    void modules_ofTheBuild_areFitToBePublished() throws Exception {
        assertThat(problems(Page.ROOT)).isEmpty();
    }

    @Test
    void problems_brokenBuild_namesEach() throws Exception {
        pom("bom", """
                <artifactId>bom</artifactId><packaging>pom</packaging><name>bom</name><url>https://lab.example</url>
                <dependencyManagement><dependencies>
                  <dependency><artifactId>good</artifactId></dependency>
                  <dependency><artifactId>private</artifactId></dependency>
                  <dependency><artifactId>gone</artifactId></dependency>
                </dependencies></dependencyManagement>
                """);
        pom(".", """
                <modules>
                  <module>bom</module><module>good</module><module>forgotten</module><module>private</module>
                </modules>
                """);
        pom("good", """
                <artifactId>good</artifactId><name>good</name><description>Is good.</description>
                <dependencies>
                  <dependency><artifactId>private</artifactId><scope>test</scope></dependency>
                </dependencies>
                """);
        pom("forgotten", """
                <artifactId>forgotten</artifactId><name>forgotten</name>
                <dependencies><dependency><artifactId>private</artifactId></dependency></dependencies>
                """);
        pom("private", """
                <artifactId>private</artifactId><properties><unpublished>true</unpublished></properties>
                """);

        assertThat(problems(folder))
                .containsExactlyInAnyOrder(
                        "bom/pom.xml has no description",
                        "bom/pom.xml has no licenses/license/url",
                        "bom/pom.xml has no developers/developer",
                        "bom/pom.xml has no scm/url",
                        "bom/pom.xml lists gone, which no published module makes",
                        "bom/pom.xml lists private, which no published module makes",
                        "forgotten/pom.xml has no description",
                        "bom/pom.xml does not list forgotten: add it there, or set unpublished in forgotten/pom.xml",
                        "forgotten/pom.xml needs private, which is not published");
    }

    /** What a repository such as Maven Central would refuse, or a user's build would not find. */
    private static List<String> problems(Path root) throws Exception {
        List<String> problems = new ArrayList<>();
        Pom bom = Pom.read(root, "bom");
        for (String element : List.of("url", "licenses/license/url", "developers/developer", "scm/url")) {
            bom.requires(element, problems);
        }
        Map<String, Pom> published = new TreeMap<>();
        List<String> unpublished = new ArrayList<>();
        for (String module : Pom.read(root, ".").texts("modules/module")) {
            Pom pom = Pom.read(root, module);
            if (pom.texts("properties/unpublished").contains("true")) {
                unpublished.add(pom.artifact());
            } else {
                published.put(pom.artifact(), pom);
            }
        }
        List<String> listed = bom.texts("dependencyManagement/dependencies/dependency/artifactId");
        for (String artifact : listed) {
            if (!published.containsKey(artifact)) {
                problems.add("bom/pom.xml lists " + artifact + ", which no published module makes");
            }
        }
        for (Pom pom : published.values()) {
            pom.requires("name", problems);
            pom.requires("description", problems);
            if (!pom.texts("packaging").contains("pom") && !listed.contains(pom.artifact())) {
                problems.add("bom/pom.xml does not list " + pom.artifact() + ": add it there, or set unpublished in "
                        + pom.file());
            }
            for (String needed : pom.texts("dependencies/dependency[not(scope='test')]/artifactId")) {
                if (unpublished.contains(needed)) {
                    problems.add(pom.file() + " needs " + needed + ", which is not published");
                }
            }
        }
        return problems;
    }

    private void pom(String module, String body) throws IOException {
        Path file = Files.createDirectories(folder.resolve(module)).resolve("pom.xml");
        Files.writeString(file, "<project>" + body + "</project>");
    }

    /**
     * A module's pom as it is written, without what it inherits.
     *
     * @param file its path in the clone
     * @param project its root element
     */
    private record Pom(String file, Node project) {
        static Pom read(Path root, String module) throws Exception {
            Path file = root.resolve(module).resolve("pom.xml");
            return new Pom(
                    module + "/pom.xml",
                    DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(file.toFile())
                            .getDocumentElement());
        }

        String artifact() throws XPathExpressionException {
            return texts("artifactId").getFirst();
        }

        List<String> texts(String path) throws XPathExpressionException {
            var found =
                    (NodeList) XPathFactory.newInstance().newXPath().evaluate(path, project, XPathConstants.NODESET);
            Stream<Node> nodes = IntStream.range(0, found.getLength()).mapToObj(found::item);
            return nodes.map(node -> node.getTextContent().strip()).toList();
        }

        void requires(String element, List<String> problems) throws XPathExpressionException {
            if (texts(element).stream().allMatch(String::isEmpty)) {
                problems.add(file + " has no " + element);
            }
        }
    }
}
