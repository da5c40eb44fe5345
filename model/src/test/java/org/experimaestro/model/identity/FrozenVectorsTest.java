package org.experimaestro.model.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.experimaestro.Config;
import org.experimaestro.ConfigId;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.experimaestro.model.type.Encoder;
import org.junit.jupiter.api.Test;

/** The frozen bytes and identifiers of format 1: years of stored results depend on them. */
class FrozenVectorsTest {
    private static final String RESOURCE = "identifiers-v1.txt";

    /** One line of the file. */
    private record Vector(String name, String md5, String stream) {
        static Vector parse(String line) {
            String[] parts = line.split(" ", -1);
            return new Vector(parts[0], parts[1], parts[2]);
        }

        static Vector of(String name, Config<?> config) {
            return new Vector(name, config.id().toString(), HexFormat.of().formatHex(FrozenVectorsTest.stream(config)));
        }

        @Override
        public String toString() {
            return name + " " + md5 + " " + stream;
        }
    }

    @Test
    void identifier_ofEachFrozenConfiguration_isWhatItEverWas() throws IOException {
        Map<String, Vector> frozen = frozen();
        List<String> unknown = new ArrayList<>();
        VectorConfigs.all().forEach((name, config) -> {
            Vector actual = Vector.of(name, config);
            if (frozen.containsKey(name)) {
                assertThat(actual).isEqualTo(frozen.get(name));
            } else {
                unknown.add(actual.toString());
            }
        });
        assertThat(unknown)
                .as("New configurations: append these lines to " + RESOURCE + ", and change no other")
                .isEmpty();
        assertThat(VectorConfigs.all().keySet()).containsExactlyElementsOf(frozen.keySet());
    }

    @Test
    void md5_ofEachFrozenStream_isItsIdentifier() throws Exception {
        for (Vector vector : frozen().values()) {
            byte[] digest =
                    MessageDigest.getInstance("MD5").digest(HexFormat.of().parseHex(vector.stream()));
            assertThat(HexFormat.of().formatHex(digest)).as(vector.name()).isEqualTo(vector.md5());
        }
    }

    @Test
    void frozenStream_decodedAndWrittenByTheDocument_isTheSame() throws IOException {
        for (Vector vector : frozen().values()) {
            byte[] stream = HexFormat.of().parseHex(vector.stream());
            assertThat(ReferenceEncoder.encode(Decoder.decode(stream)))
                    .as(vector.name())
                    .isEqualTo(stream);
        }
    }

    private static Map<String, Vector> frozen() throws IOException {
        Map<String, Vector> vectors = new LinkedHashMap<>();
        try (InputStream in = Objects.requireNonNull(FrozenVectorsTest.class.getResourceAsStream(RESOURCE))) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Vector::parse)
                    .forEach(vector ->
                            assertThat(vectors.put(vector.name(), vector)).isNull());
        }
        return vectors;
    }

    /** Returns the bytes behind the identifier of a configuration. */
    static byte[] stream(Config<?> config) {
        ConfigNode<?> node = (ConfigNode<?>) Node.of(config);
        Encoder encoder = new Encoder();
        encoder.configuration(
                node.descriptor(),
                node.arguments(),
                node.inits().stream().<ConfigId>map(Config::id).toList(),
                node.producer() == null ? null : node.producer().id(),
                null);
        return encoder.toBytes();
    }
}
