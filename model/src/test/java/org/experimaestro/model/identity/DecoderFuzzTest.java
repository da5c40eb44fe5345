package org.experimaestro.model.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.experimaestro.disturbance.fuzz.Fuzz;
import org.experimaestro.generated.ValueType;
import org.experimaestro.model.type.Encoder;
import org.junit.jupiter.api.Test;

class DecoderFuzzTest {
    @Test
    void decode_anyBytes_areReadAsWhatTheEncoderWritesOrRefused() {
        Fuzz fuzz =
                Fuzz.of("identity").refusedBy(IllegalArgumentException.class).naming("malformed at offset ");
        VectorConfigs.all().values().forEach(config -> fuzz.seed(FrozenVectorsTest.stream(config)));
        fuzz.bytes(bytes ->
                assertThat(ReferenceEncoder.encode(Decoder.decode(bytes))).isEqualTo(bytes));
    }

    @Test
    void decodeValue_anyBytes_areReadOrRefused() {
        ValueType nested = ValueType.list(ValueType.list(ValueType.list(ValueType.optional(ValueType.INT))));
        Fuzz.of("identity-value")
                .seed(Encoder.encode(nested, List.of(List.of(List.of()), List.of(List.of(1, 2)))))
                .seed(Encoder.encode(ValueType.set(ValueType.STRING), Set.of("a", "b")))
                .seed(Encoder.encode(ValueType.map(ValueType.STRING, ValueType.DOUBLE), Map.of("a", 1.5)))
                .refusedBy(IllegalArgumentException.class)
                .naming("malformed at offset ")
                .bytes(bytes -> assertThat(Decoder.decodeValue(bytes)).isNotNull());
    }
}
