package org.experimaestro.core.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.experimaestro.core.serial.SerialConfigs.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.Roots;
import org.experimaestro.Tags;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.serial.SerialConfigs.Adam;
import org.experimaestro.core.serial.SerialConfigs.Color;
import org.experimaestro.core.serial.SerialConfigs.Learn;
import org.experimaestro.core.serial.SerialConfigs.Tree;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.experimaestro.model.root.RootPlaces;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configurations that are saved and loaded again are unchanged. */
class SaveLoadTest {
    @TempDir
    Path folder;

    @ConfigType("serial.texts")
    record Texts(int number, List<String> words) implements Configurable {}

    @Test
    void save_moreThanIsRead_isRefusedWithTheParameter() {
        Path file = folder.resolve("saved.json");
        List<String> many = Collections.nCopies(1_000_001, "x");
        List<String> large = Collections.nCopies(70, "x".repeat(1 << 20));
        for (List<String> words : List.of(many, large)) {
            Config<Texts> texts = config(Texts.class, "number", 1, "words", words);

            assertThatThrownBy(() -> Config.save(texts, file))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("Cannot store serial.texts")
                    .hasMessageContaining("configurations.texts.parameters.words");
            assertThat(file).doesNotExist();
        }
    }

    /** Values have texts, in which paths are those of this host. */
    @BeforeEach
    void defineRoot() {
        RootPlaces.define(Map.of("data", Path.of("/srv/corpora")));
    }

    @AfterEach
    void defineNone() {
        RootPlaces.define(Map.of());
    }

    @Test
    void load_configurationsOfChance_areTheSavedOnes() {
        for (int seed = 0; seed < 60; seed++) {
            RandomConfigs random = new RandomConfigs(seed, folder);
            List<Config<?>> saved = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                saved.add(random.next());
            }
            Path file = folder.resolve("saved.json");
            Config.save(saved, file);
            List<Config<Object>> loaded = Config.loadList(file, Object.class);
            assertThat(loaded).hasSameSizeAs(saved);
            for (int i = 0; i < saved.size(); i++) {
                Config<?> before = saved.get(i);
                Config<?> after = loaded.get(i);
                assertThat(after.id()).as("seed %d, %s", seed, before).isEqualTo(before.id());
                assertThat(after.type()).isEqualTo(before.type());
                assertThat(Tags.tags(after)).isEqualTo(Tags.tags(before));
                // A difference in values that do not count for the identifier would be visible here.
                assertThat(after.value()).hasToString(before.value().toString());
                assertThat(((ConfigNode<?>) Node.of(after)).producer() == null)
                        .isEqualTo(((ConfigNode<?>) Node.of(before)).producer() == null);
            }
        }
    }

    @Test
    void load_pathBelowARoot_isThatOfTheHostThatLoads() throws IOException {
        Config<Learn> learn = learn(config(Adam.class), List.of(), Roots.path("data:/trec/x.tsv"));
        Config.save(learn, file());
        assertThat(file()).content().contains("\"data:/trec/x.tsv\"").doesNotContain("/srv");

        RootPlaces.define(Map.of("data", Path.of("/home/me")));
        Config<Learn> loaded = Config.load(file(), Learn.class);
        assertThat(loaded.id()).isEqualTo(learn.id());
        assertThat(loaded.value().data()).hasToString("/home/me/trec/x.tsv");
        RootPlaces.define(Map.of());
        assertThat(Config.load(file(), Learn.class).id()).isEqualTo(learn.id());
        assertThatThrownBy(() -> loaded.value().data().toFile())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no root \"data\" is defined here");
    }

    @Test
    void load_pathBelowARootInAJobsFolder_isThatOfTheJobWhereverItsWorkspaceIs() throws IOException {
        String inJob = "jobs/x.y/0123456789abcdef0123456789abcdef/out";
        RootPlaces.define(Map.of("here", folder, "there", folder.resolve("there")));
        Config<Learn> here = learn(config(Adam.class), List.of(), Roots.path("here:/" + inJob));
        Config<Learn> there = learn(config(Adam.class), List.of(), Roots.path("there:/" + inJob));
        Config.save(List.of(submitted(folder), here, there), file());

        assertThat(file()).content().contains("\"" + inJob + "\"", "\"there:/" + inJob + "\"");
        List<Config<Learn>> loaded = Config.loadList(file(), Learn.class);
        assertThat(loaded.get(1).id()).isEqualTo(here.id()).isEqualTo(there.id());
        assertThat(loaded.get(2).id()).isEqualTo(here.id());
        assertThat(loaded.get(1).value().data()).isEqualTo(folder.resolve(inJob));
    }

    @Test
    void load_sharedConfiguration_isOneHandleAgain() {
        Config<Adam> shared = config(Adam.class, "lr", 0.5);
        Config<Tree> tree = tree(List.of(shared, shared, config(Adam.class, "lr", 0.5)));
        Map<String, Config<?>> saved = new LinkedHashMap<>();
        saved.put("tree", tree);
        saved.put("shared", shared);
        Config.save(saved, file());
        Map<String, Config<Object>> loaded = Config.loadMap(file(), Object.class);
        assertThat(loaded).containsOnlyKeys("tree", "shared");
        List<Config<SerialConfigs.Part>> parts = Config.elements(
                asTree(Objects.requireNonNull(loaded.get("tree"))).get(Tree::parts));
        assertThat(parts.get(0)).isSameAs(parts.get(1)).isSameAs(loaded.get("shared"));
        assertThat(parts.get(2)).isNotSameAs(parts.get(0));
        assertThat(parts.get(2).id()).isEqualTo(parts.get(0).id());
    }

    @Test
    void loadMap_listsInAMap_areHandlesOfCollections() {
        Config<Adam> shared = config(Adam.class, "lr", 0.5);
        Config<Tree> tree = tree(List.of(shared));
        new JsonSerializer().save(Map.of("tree", tree, "list", List.of(shared, List.of(tree))), file());
        Map<String, Config<Object>> loaded = Config.loadMap(file(), Object.class);
        List<Config<Object>> list = Config.elements(asList(Objects.requireNonNull(loaded.get("list"))));
        assertThat(list.get(0).id()).isEqualTo(shared.id());
        assertThat(Config.elements(asList(list.get(1)))).first().isSameAs(loaded.get("tree"));
        assertThatThrownBy(() -> Config.loadMap(file(), Tree.class))
                .isInstanceOf(ConfigException.class)
                .hasMessage(file() + ": The file holds a list of 2 at \"list\", expected Tree");
    }

    @Test
    void load_handleOfAList_isReadAsAListOrAsItsElements() {
        Config<Tree> tree = tree(List.of(config(Adam.class, "lr", 0.5), config(Adam.class)));
        Config.save(tree.get(Tree::parts), file());
        assertThat(Config.loadList(file(), SerialConfigs.Part.class)).hasSize(2);
        assertThat(Config.load(file(), Object.class).value())
                .isEqualTo(tree.value().parts());
    }

    @Test
    void load_ofAType_refusesAnother() {
        Config.save(config(Adam.class, "lr", Double.NaN), file());
        assertThat(Config.load(file(), Adam.class).value().lr()).isNaN();
        assertThat(Config.load(file(), SerialConfigs.Part.class).type()).isEqualTo("serial.adam");
        assertThatThrownBy(() -> Config.load(file(), Tree.class))
                .isInstanceOf(ConfigException.class)
                .hasMessageMatching(".*saved\\.json: The file holds serial\\.adam/[0-9a-f]{8}, expected Tree");
    }

    @Test
    void load_anotherShape_isRefusedWithTheMethodThatReadsIt() {
        Config<Adam> adam = config(Adam.class, "lr", 0.5);
        Config.save(adam, file());
        assertRefused(() -> Config.loadList(file(), Adam.class), adam + ", expected a list; read it with Config.load");
        assertRefused(() -> Config.loadMap(file(), Adam.class), adam + ", expected a map; read it with Config.load");
        Config.save(List.of(adam, tree(List.of())), file());
        assertRefused(
                () -> Config.load(file(), Adam.class), "a list of 2, expected Adam; read it with Config.loadList");
        assertRefused(
                () -> Config.loadMap(file(), Adam.class), "a list of 2, expected a map; read it with Config.loadList");
        assertThatThrownBy(() -> Config.loadList(file(), Adam.class))
                .hasMessageMatching(".*: The file holds serial\\.tree/[0-9a-f]{8} at 1, expected Adam");
        Config.save(Map.of("a", adam), file());
        assertRefused(() -> Config.load(file(), Adam.class), "a map of 1, expected Adam; read it with Config.loadMap");
        assertRefused(
                () -> Config.loadList(file(), Adam.class), "a map of 1, expected a list; read it with Config.loadMap");
    }

    private void assertRefused(ThrowingCallable load, String text) {
        assertThatThrownBy(load).isInstanceOf(ConfigException.class).hasMessage(file() + ": The file holds " + text);
    }

    @Test
    void load_taskThatMadeItself_hasItsIdentifierAndItsPaths() {
        Config<Learn> learn = submitted(folder);
        Config.save(learn, file());
        Config<Learn> loaded = Config.load(file(), Learn.class);
        assertThat(loaded.id()).isEqualTo(learn.id());
        assertThat(loaded.value().model()).isEqualTo(learn.value().model());
        assertThat(((ConfigNode<?>) Node.of(loaded)).isProducedByItself()).isTrue();
    }

    @Test
    void load_tags_areTheSameAlsoWhereTheyStay() {
        Config<Adam> adam = config(Adam.class, "lr", Tags.tag(0.25)).tag("name", "é");
        Config<Tree> tree = tree(List.of(adam.stopTags())).tag("top", true);
        Config.save(List.of(adam, tree), file());
        List<Config<SerialConfigs.Part>> loaded = Config.loadList(file(), SerialConfigs.Part.class);
        assertThat(Tags.tags(loaded.get(0))).isEqualTo(Map.of("lr", 0.25, "name", "é"));
        assertThat(Tags.tags(loaded.get(1))).isEqualTo(Map.of("top", true));
    }

    @Test
    void load_workspaceThatWasMoved_hasTheSameIdentifiersAndNewPaths() throws IOException {
        Path before = Files.createDirectories(folder.resolve("before/results"));
        Path workspace = before.getParent();
        Config<Learn> learn = submitted(workspace);
        Config<Tree> tree = tree(List.of(learn));
        Config.save(tree, before.resolve("saved.json"));
        Path after = Files.move(workspace, folder.resolve("after"));
        Config<Tree> loaded = Config.load(after.resolve("results/saved.json"), Tree.class);
        assertThat(loaded.id()).isEqualTo(tree.id());
        Learn value = (Learn) loaded.value().parts().get(0);
        assertThat(value.model()).startsWithRaw(after.resolve("jobs/serial.learn"));
        assertThat(value.data()).isEqualTo(workspace.resolve("data"));
    }

    @Test
    void load_chainOfThousands_works() {
        Config<?> chain = config(Adam.class);
        for (int level = 0; level < 2_000; level++) {
            chain = tree(List.of(chain));
        }
        Config.save(chain, file());
        assertThat(Config.load(file(), Object.class).id()).isEqualTo(chain.id());
    }

    @Test
    void save_whatIsNoConfiguration_isRefused() {
        assertThatThrownBy(() -> new JsonSerializer().save(List.of("text"), file()))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Cannot save text: it is neither a Config nor a list or map of them");
        assertThat(file()).doesNotExist();
        assertThatThrownBy(() -> Config.save(List.of(), folder.resolve("none/saved.json")))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining("Cannot write configurations: ");
        assertThatThrownBy(() -> Config.load(folder.resolve("none.json"), Adam.class))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageStartingWith(folder.resolve("none.json") + ": Cannot read configurations: ")
                .hasMessageEndingWith("; check that the file is there");
    }

    @Test
    void write_job_isReadable() throws IOException {
        Config<Learn> first = submitted(Path.of("/workspace"));
        Config<Adam> adam = config(Adam.class, "lr", Tags.tag(0.5));
        Config<Learn> learn = learn(adam, List.of(adam, config(Adam.class).stopTags(), first), Path.of("/data/mnist"));
        String text = ConfigurationWriter.write(learn, Path.of("/workspace"), "../../../..");
        try (InputStream golden = Objects.requireNonNull(SaveLoadTest.class.getResourceAsStream("params.json"))) {
            assertThat(text).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static Config<Learn> learn(Config<?> optimizer, List<Config<?>> layers, Path data) {
        return config(
                Learn.class,
                "optimizer",
                optimizer,
                "layers",
                layers,
                "epochs",
                16,
                "data",
                data,
                "color",
                Color.GREEN,
                "limit",
                Duration.ofMinutes(90));
    }

    private static Config<Learn> submitted(Path workspace) {
        Config<Learn> learn = learn(config(Adam.class), List.of(), workspace.resolve("data"));
        Path job = workspace.resolve("jobs/serial.learn").resolve(learn.id().toString());
        return ((ConfigNode<Learn>) Node.of(learn)).producedByItself(job);
    }

    private static Config<Tree> tree(List<Config<?>> parts) {
        return config(Tree.class, "first", Optional.empty(), "parts", parts, "named", Map.of(), "set", List.of());
    }

    @SuppressWarnings("unchecked") // it was saved as one
    private static Config<Tree> asTree(Config<?> loaded) {
        return (Config<Tree>) loaded;
    }

    @SuppressWarnings("unchecked") // it was saved as one
    private static Config<List<Object>> asList(Config<?> loaded) {
        return (Config<List<Object>>) loaded;
    }

    private Path file() {
        return folder.resolve("saved.json");
    }
}
