package org.experimaestro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigIdTest {
    private static final String TEXT = "00f0123456789abcfedcba9876543210";

    @ParameterizedTest
    @ValueSource(strings = {TEXT, "00000000000000000000000000000000", "ffffffffffffffffffffffffffffffff"})
    void parse_writtenIdentifier_isTheSame(String text) {
        ConfigId id = ConfigId.parse(text);
        assertThat(id).hasToString(text);
        assertThat(ConfigId.of(id.toBytes())).isEqualTo(id);
    }

    @Test
    void toBytes_anyIdentifier_hasTheMostSignificantByteFirst() {
        byte[] bytes = ConfigId.parse(TEXT).toBytes();
        assertThat(bytes).hasSize(16).startsWith(0x00, 0xf0, 0x12).endsWith(0x32, 0x10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00f0",
                "00F0123456789abcfedcba9876543210",
                "00f0123456789abcfedcba987654321g",
                "00f0123456789abcfedcba98765432100",
                "+0f0123456789abcfedcba9876543210"
            })
    void parse_anythingElse_isRefusedWithTheText(String text) {
        assertThat(ConfigId.isValid(text)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConfigId.parse(text))
                .withMessage("An identifier is 32 lower-case hexadecimal digits, but this is \"" + text + "\"");
    }

    @Test
    void equals_sameBits_areOneKeyHoweverTheyWereGiven() {
        ConfigId read = ConfigId.parse(TEXT);
        ConfigId made = ConfigId.of(read.toBytes());
        assertThat(made).isEqualTo(read).hasSameHashCodeAs(read).isNotSameAs(read);
        for (int i = 0; i < 16; i++) {
            byte[] other = read.toBytes();
            other[i] ^= 1;
            assertThat(ConfigId.of(other)).isNotEqualTo(read);
        }
        assertThat(read.equals(null)).isFalse();
    }

    @Test
    void of_bytesThatChangeAfterwards_staysTheSame() {
        byte[] bytes = ConfigId.parse(TEXT).toBytes();
        ConfigId id = ConfigId.of(bytes);
        bytes[0]++;
        id.toBytes()[1]++;
        assertThat(id).hasToString(TEXT);
    }

    @Test
    void of_otherNumberOfBytes_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConfigId.of(new byte[15]))
                .withMessage("An identifier has 16 bytes, these are 15");
    }
}
