package org.experimaestro.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Names with commas and quotes in options that take lists of names. */
class NamesConverterTest {
    @Command
    private static final class Listing {
        @Option(names = "--names", converter = NamesConverter.class)
        private List<NamesConverter.Names> names = List.of();
    }

    private static List<String> parse(String text) {
        Listing listing = new Listing();
        new CommandLine(listing).parseArgs("--names", text);
        return NamesConverter.list(listing.names);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "k1,lr | k1/lr",
                "\"a, b\" | a, b",
                "k1,\"a,b\",lr | k1/a,b/lr",
                "\"5\\\"\",x | 5\"/x",
                "\"a\\\\b\" | a\\b",
                "-\"a,b\",-lr | -a,b/-lr",
                "\"\",x | /x",
                "a\"b,c | a\"b/c",
                "a,,b | a//b",
                "k1, \"a,b\" | k1/a,b",
                "'a' | 'a'",
            })
    void convert_names_areSplitOutsideOfQuotes(String text, String names) {
        assertThat(String.join("/", parse(text))).isEqualTo(names);
    }

    @Test
    void convert_wrongQuotes_areRefused() {
        assertThatThrownBy(() -> parse("\"a,b"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("the quote is not closed that begins at position 1 of \"a,b");
        assertThatThrownBy(() -> parse("\"a\"b,c"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("a comma is expected after the closing quote (position 4 of \"a\"b,c)");
    }
}
