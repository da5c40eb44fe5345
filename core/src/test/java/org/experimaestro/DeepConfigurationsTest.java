package org.experimaestro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.experimaestro.core.serial.ConfigurationReader;
import org.experimaestro.core.task.Dependencies;
import org.experimaestro.core.task.Outputs;
import org.experimaestro.core.task.TaskDependency;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configurations nested 20,000 levels deep, through all code that walks over them. */
class DeepConfigurationsTest {
    private static final int LEVELS = 20_000;

    interface Link extends Configurable {}

    @ConfigType("deep.leaf")
    record Leaf(int number) implements Link {}

    @ConfigType("deep.chain")
    record Chain(Link next, @Default("0") int level) implements Link {}

    @ConfigType("deep.listed")
    record Listed(List<List<Link>> lists, Map<String, Link> named, Optional<Link> maybe) implements Link {}

    @ConfigType("deep.task")
    record Deepen(
            Link start, Link other, @Default("copy") @Meta String wanted) implements Task<Link> {
        @Override
        public void execute(TaskContext context) {}

        @Override
        public Link outputs(Dependency dep) {
            return switch (wanted) {
                case "itself" -> start;
                case "bottom" -> bottom(start);
                case "equal" -> dep.on(new Chain(((Chain) start).next(), ((Chain) start).level()));
                case "unmarked" -> longer(start);
                default -> dep.on(longer(start));
            };
        }

        private static Link longer(Link start) {
            Link made = start;
            for (int level = 0; level < LEVELS; level++) {
                made = level % 2 == 0
                        ? new Chain(made, level)
                        : new Listed(List.of(List.of(made)), Map.of("k", made), Optional.of(made));
            }
            return made;
        }

        private static Link bottom(Link start) {
            Link link = start;
            while (link instanceof Chain chain) {
                link = chain.next();
            }
            return link;
        }
    }

    @TempDir
    Path folder;

    private static Config<?> chain;

    private static Config<?> chain(Config<?> leaf) {
        Config<?> made = leaf;
        for (int level = 0; level < LEVELS; level++) {
            made = Config.builder(Chain.class).set("next", made).build();
        }
        return made;
    }

    private static Config<Leaf> leaf(int number) {
        return Config.builder(Leaf.class).set("number", Tags.tag(number)).build();
    }

    @BeforeAll
    static void build() {
        chain = chain(leaf(1));
    }

    private static ConfigNode<?> task(Config<?> start, String wanted) {
        return (ConfigNode<?>) Node.of(Config.builder(Deepen.class)
                .set("start", start)
                .set("other", start)
                .set("wanted", wanted)
                .build());
    }

    @Test
    void value_andTags_ofTheTop_areThoseOfTheBottom() {
        Object value = chain.value();
        int levels = 0;
        while (value instanceof Chain link) {
            value = link.next();
            levels++;
        }
        assertThat(levels).isEqualTo(LEVELS);
        assertThat(Tags.tags(chain)).isEqualTo(Map.of("number", 1));
        assertThat(Tags.tags(chain.tag("a", 1).stopTags())).hasSize(2);
        assertThat(Config.of((Chain) chain.value()).id()).isEqualTo(chain.id());
    }

    @Test
    void get_deepest_isItsHandle() {
        Config<Link> bottom = ((Config<?>) chain).get(top -> Deepen.bottom((Link) top));
        assertThat(bottom.id()).isEqualTo(leaf(1).id());
        assertThatThrownBy(() -> chain.get(top -> new Chain((Link) top, 5)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("it is not a configuration that is a parameter there");
    }

    @Test
    void save_andLoad_giveTheSameConfiguration() {
        Path file = folder.resolve("deep.json");
        Config.save(Map.of("chain", chain), file);
        Map<String, Config<Object>> loaded = Config.loadMap(file, Object.class);
        assertThat(Objects.requireNonNull(loaded.get("chain")).id()).isEqualTo(chain.id());
    }

    @Test
    void planValue_ofWhatAJobHasRead_isMadeWithoutRecursion() throws IOException {
        Path file = folder.resolve("deep.json");
        Config.save(chain, file);
        Object read = ConfigurationReader.readParameters(
                        Files.readAllBytes(file), file, getClass().getClassLoader())
                .value();
        assertThat(Deepen.bottom((Link) Node.of((Config<?>) read).planValue())).isEqualTo(new Leaf(1));
    }

    @Test
    void outputs_thatAreDeepThemselves_areConverted() {
        Config<?> made = Outputs.of(task(chain, "longer"), folder);
        assertThat(made.type()).isEqualTo("deep.listed");
        assertThat(Tags.tags(made)).isEqualTo(Map.of("number", 1));
        assertThat(Outputs.of(task(chain, "itself"), folder)).isSameAs(chain);
        assertThat(Outputs.of(task(chain, "bottom"), folder).id()).isEqualTo(leaf(1).id());
    }

    @Test
    void outputs_deepOnesThatAreRefused_areNamedByTheirTypes() {
        assertThatThrownBy(() -> Outputs.of(task(chain, "equal"), folder))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("returned a new deep.chain that equals the parameter start but is another");
        assertThatThrownBy(() -> Outputs.of(task(chain, "unmarked"), folder))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("returned a new deep.listed without marking it");
    }

    @Test
    void dependencies_atTheBottom_areFound() {
        Config<?> made = Outputs.of(task(leaf(2), "longer"), folder);
        Config<?> deep = chain(made);
        List<TaskDependency> found = Dependencies.of(task(deep, "itself"), folder);
        assertThat(found).hasSize(1);
        assertThat(found.get(0).place())
                .startsWith("start.next.next.")
                .contains("…(" + (LEVELS + 1 - 40) + " more)…")
                .endsWith(".next.next");
        assertThat(Dependencies.producersOf(deep)).containsExactly(found.get(0).id());
    }
}
