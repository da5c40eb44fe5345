package org.experimaestro.processor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavadocTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a {@code x < y && z} b | a x < y && z b",
                "a {@code {nested}} b | a {nested} b",
                "see {@link Foo#bar(int, String) the bar} | see the bar",
                "see {@link Foo#bar(int, String)} | see Foo.bar(int, String)",
                "see {@link #bar} and {@linkplain Map<K, V>} | see bar and Map<K, V>",
                "<b>bold</b> &lt;T&gt; &amp;amp; &#945; &#x3b1; &ge; &unknown; | bold <T> &amp; α α ≥ &unknown;",
                "1 < 2 and a<b | 1 < 2 and a<b",
                "{@literal @}x {@summary Some <i>text</i>.} | @x Some text.",
                "an unclosed {@code x | an unclosed x"
            })
    void parse_inline_isReducedToText(String javadoc, String text) {
        assertThat(JavadocText.parse(javadoc).description()).isEqualTo(text);
    }

    @Test
    void parse_paragraphsAndLists_areLines() {
        assertThat(JavadocText.parse(" One\n two.\n\n <p>Three.\n <ul>\n <li>four\n <li>five</li>\n </ul>\n")
                        .description())
                .isEqualTo("One two.\nThree.\n- four\n- five");
    }

    @Test
    void parse_blockTags_areTakenApart() {
        JavadocText text = JavadocText.parse(
                " Text.\n @param lr the\n   rate\n @param <T> a type\n @param eps\n @see Foo\n @param last it\n");
        assertThat(text.description()).isEqualTo("Text.");
        assertThat(text.parameters()).containsOnlyKeys("lr", "last").containsEntry("lr", "the rate");
    }

    @Test
    void parse_noComment_isEmpty() {
        assertThat(JavadocText.parse(null).description()).isEmpty();
    }
}
