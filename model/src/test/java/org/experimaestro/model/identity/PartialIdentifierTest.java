package org.experimaestro.model.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.ValueType;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.experimaestro.model.type.Encoder;
import org.junit.jupiter.api.Test;

/** Identifiers without the parameters of some groups. */
class PartialIdentifierTest {
    private final Config<Sample> sixteen = VectorConfigs.partial(16);
    private final Config<Sample> more = VectorConfigs.partial(32);

    @Test
    void partialId_ofConfigurationsThatDifferInLeftOutParameters_isOne() {
        assertThat(sixteen.id()).isNotEqualTo(more.id());
        assertThat(sixteen.partialId("checkpoints")).isEqualTo(more.partialId("checkpoints"));
        assertThat(sixteen.partialId("checkpoints")).isNotEqualTo(sixteen.partialId("corpus"));
    }

    /** Frozen as the vectors in identifiers-v1.txt are: these lines never change. */
    @Test
    void partialId_ofFrozenConfiguration_isWhatItEverWas() {
        assertThat(stream("checkpoints"))
                .isEqualTo(
                        "01430000000e766563746f722e7061727469616c0000000150000000026c72443fe00000000000005000000004746578745300000001615a");
        assertThat(stream("corpus"))
                .isEqualTo("01430000000e766563746f722e7061727469616c000000015000000004746578745300000001615a");
        assertThat(sixteen.partialId("checkpoints")).hasToString("8b2eed205afd269f92fd49c16de60886");
        assertThat(sixteen.partialId("corpus")).hasToString("91cd01428c9e5513ff6f4a1504d03d8f");
    }

    @Test
    void partialId_isTheIdentifierOfAConfigurationWithoutTheParameters() {
        Config<Sample> without = Sample.Type.of(
                        "vector.partial",
                        Parameter.of("lr", ValueType.DOUBLE).withDefault(0.1),
                        Parameter.of("text", ValueType.STRING))
                .build("lr", 0.5, "text", "a");

        assertThat(sixteen.partialId("checkpoints")).isEqualTo(without.id());
    }

    @Test
    void partialId_unknownName_isRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> sixteen.partialId("states"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "Cannot find the partial identifier \"states\" of vector.partial: it has checkpoints, corpus");
    }

    private String stream(String partial) {
        ConfigNode<?> node = (ConfigNode<?>) Node.of(sixteen);
        Encoder encoder = new Encoder();
        encoder.configuration(node.descriptor(), node.arguments(), List.of(), null, partial);
        return HexFormat.of().formatHex(encoder.toBytes());
    }
}
