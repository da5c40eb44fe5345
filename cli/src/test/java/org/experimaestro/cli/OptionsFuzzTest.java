package org.experimaestro.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.experimaestro.cli.option.StateConverter;
import org.experimaestro.cli.option.TagConverter;
import org.experimaestro.disturbance.fuzz.Fuzz;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class OptionsFuzzTest {
    @Test
    void tag_anyText_isReadOrRefused() {
        Fuzz.of("option-tag")
                .seeds("layers=3", "a=", "a=[1, 2],\"b\"=\"\\\"c, d\"")
                .refusedBy(TypeConversionException.class)
                .text(text -> {
                    var tags = new TagConverter().convert(text);
                    String quoted = tags.values().entrySet().stream()
                            .map(tag -> quote(tag.getKey()) + "=" + quote(tag.getValue()))
                            .collect(Collectors.joining(","));
                    assertThat(new TagConverter().convert(quoted)).isEqualTo(tags);
                });
    }

    private static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @Test
    void state_anyText_isReadOrRefused() {
        Fuzz.of("option-state")
                .seeds("done", " RUNNING ")
                .words("new", "failed", "corrupt")
                .refusedBy(TypeConversionException.class)
                .text(text -> assertThat(StateConverter.name(new StateConverter().convert(text)))
                        .isEqualToIgnoringCase(text.strip()));
    }
}
