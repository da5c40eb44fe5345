package org.experimaestro.web.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.disturbance.fuzz.Fuzz;
import org.junit.jupiter.api.Test;

class RunningPageFuzzTest {
    @Test
    void fromJson_anyText_isReadAndWrittenOrRefused() {
        Fuzz.of("running page")
                .seeds(
                        "{\"format\":1,\"workspace\":\"/work\",\"address\":\"http://127.0.0.1:12345\",\"readOnly\":false,"
                                + "\"process\":{\"host\":\"box\",\"boot\":\"b\",\"pid\":12,\"start\":34},\"token\":\"t\"}")
                .words("\"format\"", "http://", "[::1]", ":1", "true", "null", "\\u0000")
                .refusedBy(JsonException.class)
                .naming("record")
                .text(text -> {
                    RunningPage read = RunningPage.fromJson(parsed(text), "record");
                    assertThat(RunningPage.fromJson(parsed(Json.write(read.toJson())), "record"))
                            .isEqualTo(read);
                    assertThat(read.host()).isNotEmpty();
                });
    }

    private static JsonObject parsed(String text) {
        return JsonFile.parse(text.getBytes(StandardCharsets.UTF_8), "record");
    }
}
