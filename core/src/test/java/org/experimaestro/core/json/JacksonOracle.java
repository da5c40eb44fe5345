package org.experimaestro.core.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Jackson, set up to be as strict as it can be and to give the same types. */
final class JacksonOracle {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .build();

    private JacksonOracle() {}

    /** What Jackson makes of a document. */
    sealed interface Result {}

    /** It is a document with this value. */
    record Accepted(@Nullable Object value) implements Result {}

    /** It is none. */
    record Refused(String reason) implements Result {}

    static Result parse(byte[] utf8) {
        try {
            return new Accepted(MAPPER.readValue(utf8, Object.class));
        } catch (JacksonException e) {
            return new Refused(e.getOriginalMessage());
        }
    }

    static byte[] write(@Nullable Object value) {
        return MAPPER.writeValueAsBytes(value);
    }
}
