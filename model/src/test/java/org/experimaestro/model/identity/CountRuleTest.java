package org.experimaestro.model.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.ValueType;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.experimaestro.model.Producer;
import org.junit.jupiter.api.Test;

/** The control of a plan over what counts where it is used. */
class CountRuleTest {
    private static final Sample.Type LEAF = Sample.Type.of(
            "leaf",
            Parameter.of("n", ValueType.INT),
            Parameter.of("threads", ValueType.INT).withDefault(1).withMeta());
    private static final Config<Sample> ONE = LEAF.build("n", 1);
    private static final Config<Sample> TWO = LEAF.build("n", 2);

    @Test
    void asMeta_whereItIsUsed_doesNotCount() {
        for (ValueType type : List.of(Sample.TYPE, ValueType.optional(Sample.TYPE))) {
            Sample.Type user = Sample.Type.of("user", Parameter.of("x", type));
            assertThat(user.build("x", ONE.asMeta()).id())
                    .isEqualTo(user.build("x", TWO.asMeta()).id())
                    .isNotEqualTo(user.build("x", ONE).id());
        }
        assertThat(ONE.asMeta().id()).isEqualTo(ONE.id());
        assertThat(ONE.asMeta().asCounted().asMeta().tag("a", 1).id()).isEqualTo(ONE.id());
    }

    @Test
    void asMeta_inACollection_isAsIfItWereNotThere() {
        assertSame(ValueType.list(Sample.TYPE), List.of(ONE, TWO.asMeta(), ONE), List.of(ONE, ONE));
        assertSame(ValueType.list(Sample.TYPE), List.of(TWO.asMeta()), List.of());
        assertSame(ValueType.set(Sample.TYPE), Set.of(ONE, TWO.asMeta()), Set.of(ONE));
        ValueType map = ValueType.map(ValueType.STRING, ValueType.list(Sample.TYPE));
        assertSame(map, Map.of("a", List.of(ONE, TWO.asMeta())), Map.of("a", List.of(ONE)));
        assertSame(ValueType.map(ValueType.STRING, Sample.TYPE), Map.of("a", ONE, "b", TWO.asMeta()), Map.of("a", ONE));
        ValueType optional = ValueType.optional(ValueType.list(Sample.TYPE));
        assertSame(optional, Optional.of(List.of(ONE, TWO.asMeta())), Optional.of(List.of(ONE)));
    }

    private static void assertSame(ValueType type, Object one, Object other) {
        Sample.Type user = Sample.Type.of("user", Parameter.of("x", type));
        assertThat(user.build("x", one).id()).isEqualTo(user.build("x", other).id());
    }

    @Test
    void asMeta_ofADefault_isAsIfItWereUnset() {
        Sample.Type user = Sample.Type.of("user", Parameter.of("x", Sample.TYPE).withDefaultFromMethod())
                .withDefaultConfig("x", ONE);
        assertThat(user.build("x", TWO.asMeta()).id()).isEqualTo(user.build().id());
    }

    @Test
    void asCounted_underAMetaParameter_counts() {
        Sample.Type user = Sample.Type.of(
                "user",
                Parameter.of("z", ValueType.INT),
                Parameter.of("list", ValueType.list(Sample.TYPE)).withMeta(),
                Parameter.of("best", ValueType.optional(Sample.TYPE)).withMeta());
        Config<Sample> none = user.build("z", 1, "list", List.of(ONE), "best", TWO);
        Config<Sample> one = user.build("z", 1, "list", List.of(ONE.asCounted(), TWO), "best", TWO);
        Config<Sample> both = user.build("z", 1, "list", List.of(ONE.asCounted(), TWO), "best", TWO.asCounted());

        assertThat(List.of(none.id(), one.id(), both.id())).doesNotHaveDuplicates();
        assertThat(user.build("z", 1, "list", List.of(ONE.asCounted()), "best", ONE)
                        .id())
                .isEqualTo(one.id());
        assertThat(Decoder.decode(FrozenVectorsTest.stream(both)).parameters().keySet())
                .containsExactly("best", "list", "z");
        for (Config<Sample> each : List.of(none, one, both)) {
            byte[] stream = FrozenVectorsTest.stream(each);
            assertThat(ReferenceEncoder.encode(Decoder.decode(stream))).isEqualTo(stream);
        }
    }

    @Test
    void toBuilder_ofWhatATaskMakes_changesWhatDoesNotCount() {
        ConfigNode<Sample> task =
                (ConfigNode<Sample>) Node.of(Sample.Type.of("task").build());
        Producer producer = new Producer(task.type(), task.id(), Path.of("/w/jobs"), task);
        ConfigNode<Sample> made = ((ConfigNode<Sample>) Node.of(ONE)).producedBy(producer);

        ConfigNode<?> faster =
                (ConfigNode<?>) Node.of(made.toBuilder().set("threads", 8).build());

        assertThat(faster.id()).isEqualTo(made.id());
        assertThat(faster.producer()).isEqualTo(producer);
        assertThat(faster.argument(1)).isEqualTo(8);
        assertThatThrownBy(() -> made.toBuilder().set("n", 2).build())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("makes it, and would not make the variation; change only what does not count");
    }
}
