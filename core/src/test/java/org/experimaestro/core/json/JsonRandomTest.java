package org.experimaestro.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonRandomTest {
    private static final int DOCUMENTS = 2000;

    @Test
    void write_randomDocument_readsBackEqual() {
        var documents = new RandomDocuments(1);
        for (int i = 0; i < DOCUMENTS; i++) {
            var document = documents.next();
            String pretty = Json.write(document);
            String line = Json.writeLine(document);

            assertThat(Json.parse(pretty)).as(pretty).isEqualTo(document);
            assertThat(Json.parse(line.getBytes(UTF_8))).as(line).isEqualTo(document);
            // Maps are equal in any order; their texts are not.
            assertThat(Json.writeLine(Json.parse(pretty))).isEqualTo(line);
            assertThat(line).doesNotContain("\n");
        }
    }

    @Test
    void write_randomDocument_jacksonReadsTheSame() {
        var documents = new RandomDocuments(2);
        for (int i = 0; i < DOCUMENTS; i++) {
            var document = documents.next();
            String pretty = Json.write(document);

            assertThat(JacksonOracle.parse(pretty.getBytes(UTF_8)))
                    .as(pretty)
                    .isEqualTo(new JacksonOracle.Accepted(document));
        }
    }

    @Test
    void parse_writtenByJackson_isTheSame() {
        var documents = new RandomDocuments(3);
        for (int i = 0; i < DOCUMENTS; i++) {
            var document = documents.next();

            assertThat(Json.parse(JacksonOracle.write(document))).isEqualTo(document);
        }
    }

    @Test
    void write_randomDouble_readsBackToTheSameBits() {
        var random = new java.util.Random(4);
        for (int i = 0; i < 100_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                var read = (Double) Json.parse(Json.writeLine(value));

                assertThat(Double.doubleToLongBits(read)).isEqualTo(Double.doubleToLongBits(value));
            }
        }
    }
}
