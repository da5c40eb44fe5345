package org.experimaestro.core.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
            .build();

    private JacksonOracle() {}

    /** The result of Jackson for a document. */
    sealed interface Result {}

    /** A document with this value. */
    record Accepted(@Nullable Object value) implements Result {}

    /** A text that is not a document. */
    record Refused(String reason) implements Result {}

    static Result parse(byte[] utf8) {
        try {
            // Jackson itself accepts overlong sequences of bytes.
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
            return new Accepted(widened(MAPPER.readValue(text, Object.class)));
        } catch (CharacterCodingException e) {
            return new Refused("not UTF-8");
        } catch (JacksonException e) {
            return new Refused(e.getOriginalMessage());
        }
    }

    /**
     * Widens an integer, because Jackson gives it the smallest type, and its option for {@code Long} refuses larger
     * ones.
     */
    private static @Nullable Object widened(@Nullable Object value) {
        if (value instanceof Integer small) {
            return small.longValue();
        } else if (value instanceof List<?> list) {
            var elements = new ArrayList<@Nullable Object>();
            list.forEach(element -> elements.add(widened(element)));
            return elements;
        } else if (value instanceof Map<?, ?> map) {
            var members = new LinkedHashMap<Object, @Nullable Object>();
            map.forEach((key, member) -> members.put(key, widened(member)));
            return members;
        }
        return value;
    }

    static byte[] write(@Nullable Object value) {
        return MAPPER.writeValueAsBytes(value);
    }
}
