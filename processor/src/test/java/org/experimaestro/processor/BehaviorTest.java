package org.experimaestro.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.testing.compile.Compilation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.experimaestro.model.identity.Decoder;
import org.experimaestro.model.type.Encoder;
import org.experimaestro.model.type.TypeDescriptors;
import org.junit.jupiter.api.Test;

/** The configurations of a plan that is compiled against generated builders, and loaded with them. */
class BehaviorTest {

    @Test
    void build_defaultGiven_hasTheIdOfUnset() {
        Map<?, ?> built = run("""
                return Map.of("unset", adam().build(), "given", adam().lr(1e-3).build(), "tagged", adam().lr(tag(0.001)).build(),
                    "other", adam().lr(tag(1)).build());
                """);
        assertThat(config(built, "given").id()).isEqualTo(config(built, "unset").id());
        assertThat(config(built, "tagged").id())
                .isEqualTo(config(built, "unset").id());
        assertThat(config(built, "other").id())
                .isNotEqualTo(config(built, "unset").id());
        assertThat(node(built, "tagged").ownTags()).isEqualTo(Map.of("lr", 0.001));
        assertThat(node(built, "other").ownTags()).isEqualTo(Map.of("lr", 1.0));
        assertThat(config(built, "other").value()).hasToString("Adam[lr=1.0, steps=10]");
    }

    @Test
    void build_defaultHasChanged_leavesTheFirstOneOut() {
        Map<?, ?> built = run("""
                return Map.of("unset", Config.builder(Moved.class).build(),
                    "first", Plan_MovedBuilder.moved().rate(0.4).gained(Optional.empty()).lost(3)
                        .optimizer(adam().lr(0.25).build()).build());
                """);
        assertThat(counted(node(built, "first"))).isEmpty();
        assertThat(counted(node(built, "unset"))).containsExactly("gained", "lost", "optimizer", "rate");
        assertThat(config(built, "unset").value())
                .hasToString("Moved[rate=0.75, gained=Optional[3], lost=Optional.empty,"
                        + " optimizer=Adam[lr=0.5, steps=10]]");
    }

    private static Set<String> counted(ConfigNode<?> node) {
        Encoder encoder = new Encoder();
        encoder.configuration(node.descriptor(), node.arguments(), List.of(), null, null);
        return Decoder.decode(encoder.toBytes()).parameters().keySet();
    }

    @Test
    void build_requiredMissing_namesThemAndThePlansLine() {
        assertThatThrownBy(() -> run("\n\nreturn learn().epochs(3).build();"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("Plan.java:" + (linesBefore("body") + 3) + ": Cannot build q.learn")
                .hasMessageContaining("required parameter others (List<Optimizer>)");
    }

    @Test
    void build_valueNotAllowed_namesThePlansLine() {
        assertThatThrownBy(() -> run("return adam().steps(0).build();"))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "Plan.java:" + (linesBefore("body") + 1) + ": Cannot build q.adam: steps is 0, not at least 1");
    }

    @Test
    void build_inexactTag_isRefused() {
        assertThatThrownBy(() -> run("return adam().steps(tag(1.5)).build();"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("steps of q.adam is 1.5 (Double), which is not exactly a value of type int");
    }

    @Test
    void toBuilder_tagged_keepsParametersAndTags() {
        Map<?, ?> built =
                run("return Map.of(\"copy\", AdamBuilder.toBuilder(adam().lr(tag(0.5)).build()).steps(4).build());");
        assertThat(config(built, "copy").value()).hasToString("Adam[lr=0.5, steps=4]");
        assertThat(node(built, "copy").ownTags()).isEqualTo(Map.of("lr", 0.5));
    }

    @Test
    void build_defaultFrom_hasTheIdOfTheSame() {
        Map<?, ?> built = run("""
                return Map.of("unset", learn().others().epochs(1).build(),
                    "same", learn().others(List.of()).epochs(1).optimizer(adam().lr(0.25).build()).build(),
                    "other", learn().others().epochs(1).optimizer(adam().build()).build());
                """);
        assertThat(config(built, "same").id()).isEqualTo(config(built, "unset").id());
        assertThat(config(built, "other").id())
                .isNotEqualTo(config(built, "unset").id());
        assertThat(config(built, "unset").value())
                .asString()
                .contains("optimizer=Adam[lr=0.25, steps=10]", "path=model.bin");
    }

    @Test
    void build_collectionsOfConfigurations_takeListsAndHandles() {
        Map<?, ?> built = run("""
                Config<Adam> one = adam().build();
                Config<Adam> two = adam().lr(2).build();
                return Map.of("handles", learn().others(one, two).epochs(1).build(),
                    "list", learn().others(List.of(one, two)).epochs(1).build(),
                    "many", many().grid(List.of(List.of(one), List.of())).named(Map.of(Mode.A, one)).bag(Set.of(one)).build());
                """);
        assertThat(config(built, "handles").id())
                .isEqualTo(config(built, "list").id());
        assertThat(config(built, "many").value())
                .hasToString("Many[grid=[[Adam[lr=0.001, steps=10]], []], named={A=Adam[lr=0.001, steps=10]},"
                        + " bag=[Adam[lr=0.001, steps=10]]]");
    }

    @Test
    void build_optional_takesValueOptionalAndTag() {
        Map<?, ?> built = run("""
                return Map.of("unset", maybe().build(), "absent", maybe().rate(Optional.empty()).build(),
                    "value", maybe().rate(2).build(), "optional", maybe().rate(Optional.of(2.0)).build(),
                    "tagged", maybe().rate(tag(2)).build(), "model", maybe().model(adam().build()).build(),
                    "none", maybe().three(Optional.empty()).build());
                """);
        assertThat(config(built, "absent").id())
                .isEqualTo(config(built, "unset").id());
        assertThat(config(built, "optional").id())
                .isEqualTo(config(built, "value").id());
        assertThat(config(built, "tagged").id())
                .isEqualTo(config(built, "value").id());
        assertThat(config(built, "unset").value())
                .hasToString("Maybe[rate=Optional.empty, model=Optional.empty, three=Optional[3]]");
        assertThat(config(built, "none").value()).asString().contains("three=Optional.empty");
        assertThat(config(built, "none").id())
                .isNotEqualTo(config(built, "unset").id());
        assertThat(config(built, "model").value()).asString().contains("model=Optional[Adam[lr=0.001, steps=10]]");
    }

    @Test
    void build_generic_keepsTheTypes() {
        Map<?, ?> built = run("""
                Config<Pair<Adam, Optimizer>> pair = pair(Adam.class, Optimizer.class)
                    .left(adam().build()).right(adam().lr(3).build(), adam().build()).build();
                Config<Adam> left = pair.get(Pair::left);
                return Map.of("pair", pair, "left", left, "copy", PairBuilder.toBuilder(pair).build());
                """);
        assertThat(config(built, "pair").value())
                .asString()
                .startsWith("Pair[left=Adam[lr=0.001, steps=10], right=[Adam[lr=3.0");
        assertThat(config(built, "left").type()).isEqualTo("q.adam");
        assertThat(config(built, "copy").id()).isEqualTo(config(built, "pair").id());
    }

    @Test
    void build_constructorClass_readsInheritedParameters() {
        Map<?, ?> built = run("return Map.of(\"big\", big().layers(3).seed(7).build());");
        ConfigNode<?> node = node(built, "big");
        assertThat(read(node, 0)).isEqualTo(3);
        assertThat(read(node, 1)).isEqualTo(7L);
    }

    @Test
    void read_mixedNumbers_keepTheirClass() {
        Map<?, ?> built = run("return Map.of(\"adam\", adam().build());");
        assertThat(read(node(built, "adam"), 0)).isEqualTo(0.001);
        assertThat(read(node(built, "adam"), 1)).isEqualTo(10);
    }

    @Test
    void of_generatedDescriptor_isTheRegisteredOne() {
        Map<?, ?> built = run("return Map.of(\"adam\", adam().build());");
        TypeDescriptor<?> descriptor = node(built, "adam").descriptor();
        assertThat(descriptor.getClass().getName()).isEqualTo("q.Plan_AdamBuilder$$Descriptor");
        assertThat(TypeDescriptors.of(descriptor.javaClass())).isSameAs(descriptor);
    }

    private static final String PLAN = """
            package q;
            import static q.Plan_AdamBuilder.adam;
            import static q.Plan_BigBuilder.big;
            import static q.Plan_LearnBuilder.learn;
            import static q.Plan_ManyBuilder.many;
            import static q.Plan_MaybeBuilder.maybe;
            import static q.Plan_PairBuilder.pair;
            import static org.experimaestro.Tags.tag;
            import java.nio.file.Path;
            import java.util.*;
            import org.experimaestro.*;
            public class Plan {
              enum Mode { A, B }
              sealed interface Optimizer extends Configurable permits Adam {}
              @ConfigType("q.adam") record Adam(@Default("1e-3") double lr, @Default("10") @Range(min = 1) int steps)
                  implements Optimizer {}
              @ConfigType("q.learned") record Learned(Path path) implements Configurable {}
              @ConfigType("q.learn") record Learn(@DefaultFrom("slow") Optimizer optimizer, List<Optimizer> others, int epochs,
                  @GeneratedPath("model.bin") Path path) implements Task<Learned> {
                static Config<Adam> slow() { return adam().lr(0.25).build(); }
                @Override public void execute(TaskContext context) {}
                @Override public Learned outputs(Dependency dep) { return dep.on(new Learned(path)); }
              }
              @ConfigType("q.many") record Many(List<List<Optimizer>> grid, Map<Mode, Optimizer> named, Set<Optimizer> bag)
                  implements Configurable {}
              @ConfigType("q.maybe") record Maybe(Optional<Double> rate, Optional<Optimizer> model,
                  @Default("3") Optional<Integer> three) implements Configurable {}
              @ConfigType("q.moved") record Moved(@Default(value = "0.75", was = "0.4") double rate,
                  @Default(value = "3", was = Default.ABSENT) Optional<Integer> gained,
                  @Default(value = Default.ABSENT, was = "3") Optional<Integer> lost,
                  @DefaultFrom(value = "fast", was = "slow") Optimizer optimizer) implements Configurable {
                static Config<Adam> slow() { return adam().lr(0.25).build(); }
                static Config<Adam> fast() { return adam().lr(0.5).build(); }
              }
              @ConfigType("q.pair") record Pair<A extends Optimizer, B extends Optimizer>(A left, List<B> right)
                  implements Configurable {}
              static class Base implements Configurable {
                private final long seed;
                Base(long seed) { this.seed = seed; }
                long seed() { return seed; }
              }
              @ConfigType("q.big") static final class Big extends Base {
                private final int layers;
                @ConfigConstructor Big(int layers, long seed) { super(seed); this.layers = layers; }
                int layers() { return layers; }
              }
              static class AdamBuilder {
                static Plan_AdamBuilder toBuilder(Config<Adam> config) { return Plan_AdamBuilder.toBuilder(config); }
              }
              static class PairBuilder {
                static <A extends Optimizer, B extends Optimizer> Plan_PairBuilder<A, B> toBuilder(Config<Pair<A, B>> config) {
                  return Plan_PairBuilder.toBuilder(config);
                }
              }
              public static Object run() throws Exception {
                //body
              }
            }
            """;

    private static int linesBefore(String marker) {
        List<String> lines = PLAN.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains("//" + marker)) {
                return i;
            }
        }
        throw new AssertionError(marker);
    }

    private static Map<?, ?> run(String body) {
        Compilation compilation = Sources.compile(Sources.source("q.Plan", PLAN.replace("    //body", body)));
        assertThat(compilation.diagnostics()).isEmpty();
        try {
            return (Map<?, ?>) new CompiledClasses(compilation)
                    .loadClass("q.Plan")
                    .getMethod("run")
                    .invoke(null);
        } catch (java.lang.reflect.InvocationTargetException thrown) {
            if (thrown.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(thrown.getCause());
        } catch (ReflectiveOperationException notThere) {
            throw new AssertionError(notThere);
        }
    }

    private static Config<?> config(Map<?, ?> built, String name) {
        return (Config<?>) java.util.Objects.requireNonNull(built.get(name));
    }

    private static ConfigNode<?> node(Map<?, ?> built, String name) {
        return (ConfigNode<?>) Node.of(config(built, name));
    }

    private static <T> @org.jspecify.annotations.Nullable Object read(ConfigNode<T> node, int index) {
        return node.descriptor().read(node.planValue(), index);
    }
}
