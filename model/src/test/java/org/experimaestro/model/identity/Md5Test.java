package org.experimaestro.model.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;
import org.experimaestro.ConfigId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MD5 against the RFC's own examples and the platform's implementation. */
class Md5Test {

    /** The examples of RFC 1321, appendix A.5. */
    @ParameterizedTest
    @CsvSource({
        "'', d41d8cd98f00b204e9800998ecf8427e",
        "a, 0cc175b9c0f1b6a831c399e269772661",
        "abc, 900150983cd24fb0d6963f7d28e17f72",
        "message digest, f96b697d7cb7938d525a2f31aaf161d0",
        "abcdefghijklmnopqrstuvwxyz, c3fcd3d76192e4007dfb496cca67e13b",
        "12345678901234567890123456789012345678901234567890123456789012345678901234567890, 57edf4a22be3c955ac49da2e2107b67a"
    })
    void of_exampleOfTheRfc_givesItsDigest(String text, String digest) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(Md5.of(bytes, bytes.length)).hasToString(digest);
    }

    @Test
    void of_everyLengthUpToFiveBlocks_isThatOfThePlatform() throws NoSuchAlgorithmException {
        Random random = new Random(1);
        for (int length = 0; length <= 320; length++) {
            byte[] bytes = new byte[length + 3];
            random.nextBytes(bytes);
            MessageDigest platform = MessageDigest.getInstance("MD5");
            platform.update(bytes, 0, length);
            assertThat(Md5.of(bytes, length)).isEqualTo(ConfigId.of(platform.digest()));
        }
    }
}
