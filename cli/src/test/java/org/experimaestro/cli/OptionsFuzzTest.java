package org.experimaestro.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.experimaestro.disturbance.fuzz.Fuzz;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class OptionsFuzzTest {
    @Test
    void tag_anyText_isReadOrRefused() {
        Fuzz.of("option-tag")
                .seeds("layers=3", "a=")
                .refusedBy(TypeConversionException.class)
                .text(text -> {
                    var tag = new TagConverter().convert(text);
                    assertThat(tag.getKey() + "=" + tag.getValue()).isEqualTo(text);
                });
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
