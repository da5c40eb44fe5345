package org.experimaestro.model.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.experimaestro.ConfigId;
import org.experimaestro.generated.ValueType;
import org.experimaestro.model.type.Encoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecoderTest {
    private static final byte[] MODEL =
            FrozenVectorsTest.stream(VectorConfigs.all().get("model-made-by-learn"));

    @Test
    void decode_configurationMadeByTask_hasAllThatCounts() {
        TreeMap<String, IdentityTree.Value> parameters = new TreeMap<>();
        parameters.put("layers", new IdentityTree.IntegerValue(3));
        ConfigId task = VectorConfigs.all().get("learn").id();
        assertThat(Decoder.decode(MODEL)).isEqualTo(new IdentityTree("tutorial.model", 1, parameters, List.of(), task));
    }

    @Test
    void decodeValue_encodedList_isTheList() {
        byte[] bytes = Encoder.encode(ValueType.list(ValueType.STRING), List.of("a", "b"));
        assertThat(Decoder.decodeValue(bytes))
                .isEqualTo(new IdentityTree.ListValue(
                        List.of(new IdentityTree.StringValue("a"), new IdentityTree.StringValue("b"))));
    }

    @Test
    void decode_anyPartOfAStream_isRefused() {
        for (int length = 0; length < MODEL.length; length++) {
            byte[] part = Arrays.copyOf(MODEL, length);
            assertThatThrownBy(() -> Decoder.decode(part))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("malformed at offset ");
        }
    }

    @Test
    void decode_changedByte_isRefusedOrAnotherTree() {
        Random random = new Random(1);
        for (var config : VectorConfigs.all().entrySet()) {
            byte[] stream = FrozenVectorsTest.stream(config.getValue());
            for (int at = 0; at < stream.length; at++) {
                byte[] changed = stream.clone();
                changed[at] ^= (byte) (1 << random.nextInt(8));
                IdentityTree tree;
                try {
                    tree = Decoder.decode(changed);
                } catch (IllegalArgumentException refused) {
                    assertThat(refused).hasMessageContaining("malformed at offset ");
                    continue;
                }
                assertThat(ReferenceEncoder.encode(tree)).as(config.getKey()).isEqualTo(changed);
            }
        }
    }

    @Test
    void decodeValue_listsNestedFarTooDeep_isRefused() {
        String list = HexFormat.of().formatHex(Encoder.encode(ValueType.list(ValueType.INT), List.of(1)));
        byte[] nested = bytes(list.substring(0, list.length() - 18).repeat(100_000) + list);

        assertThatThrownBy(() -> Decoder.decodeValue(nested))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("values are nested deeper than 512 levels");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    02                                            | 0  | this is format 2, and only format 1 is known
                    0158                                          | 1  | expected a configuration, found byte 58
                    0143 00000001 2f                              | 2  | "/" is no type id
                    0143 00000001 74 00000000                     | 7  | version 0 is less than 1
                    0143 00000001 74 00000001 51                  | 11 | expected a parameter, an init task, the producer or the end, found byte 51
                    0143 00000001 74 00000001 5a5a                | 12 | 1 bytes follow the end
                    0143 00000001 74 00000001 50 00000001 ff      | 12 | a parameter's name is not UTF-8: ff
                    0143 00000001 74 00000001 50 00000001 62 4e 50 00000001 61 4e 5a | 19 | parameter a comes after b
                    0143 00000001 74 00000001 50 00000001 61 4e 50 00000001 61 4e 5a | 19 | parameter a comes after a
                    """)
    void decode_malformedStream_isRefusedWithTheOffset(String hex, int offset, String problem) {
        assertThatThrownBy(() -> Decoder.decode(bytes(hex)))
                .hasMessage("The bytes of an identifier are malformed at offset " + offset + ": " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    59                                  | 0 | expected a value, found byte 59
                    4202                                | 1 | expected a boolean, 00 or 01, found byte 02
                    4400000000                          | 1 | expected 8 bytes of a floating-point number, 4 are left
                    448000000000000000                  | 1 | this floating-point number has another form: 8000000000000000
                    447ff8000000000001                  | 1 | this floating-point number has another form: 7ff8000000000001
                    4800010000                          | 1 | 65536 is no character
                    5500000000000000003b9aca00          | 9 | 1000000000 nanoseconds are not less than a second
                    53ffffffff                          | 5 | expected 4294967295 bytes of a string, 0 are left
                    4c00000002 4e                       | 1 | 2 elements do not fit into what is left
                    5800000002 4201 4200                | 7 | an element of the set is not in the order of the bytes, or is there twice
                    5800000002 4200 4200                | 7 | an element of the set is not in the order of the bytes, or is there twice
                    4d00000002 42014e 42004e            | 8 | a key of the map is not in the order of the bytes, or is there twice
                    """)
    void decodeValue_malformedStream_isRefusedWithTheOffset(String hex, int offset, String problem) {
        assertThatThrownBy(() -> Decoder.decodeValue(bytes(hex)))
                .hasMessage("The bytes of an identifier are malformed at offset " + offset + ": " + problem);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
