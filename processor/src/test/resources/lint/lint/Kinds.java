package lint;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.Config;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.Content;
import org.experimaestro.Default;
import org.experimaestro.DefaultFrom;
import org.experimaestro.Meta;
import org.experimaestro.OneOf;
import org.experimaestro.Range;

/**
 * All kinds of parameters.
 *
 * <p>A second paragraph with {@code code}, <b>HTML</b>, 1 &lt; 2, a {@link Model} and an e-mail&#64;address.
 *
 * <ul>
 *   <li>one
 *   <li>two
 * </ul>
 *
 * @param flag whether
 * @param tiny a byte
 * @param letter a letter
 * @param accented a letter, é
 * @param number a number, at least <i>nothing</i>
 * @param text a text; {@code *}{@code /} does not end a comment
 * @param blank a text of blanks
 * @param odd a text of other characters
 * @param mode a mode
 * @param modes modes
 * @param file a file
 * @param limit a time
 * @param maybe a number, or none
 * @param numbers numbers
 * @param table a table
 * @param model a model
 * @param models models
 * @param more more models
 * @param named models by name
 * @param absent a model, or none
 */
@ConfigType("lint.kinds")
public record Kinds(
        boolean flag,
        @Default("1") @Meta byte tiny,
        char letter,
        @Default("é") Character accented,
        @Default("1e300") @Range(min = 0) double number,
        @Default("two\nlines \"$L\" \\ {@code} */ <p> &amp; \\u0022") String text,
        @Default("  ") String blank,
        @Default("\0\u0001\t\r\u007f\u2028\ud83d\ude00 @deprecated") String odd,
        @Default("A") @OneOf({"A", "record"}) Mode mode,
        @Default("[\"A\"]") Set<Mode> modes,
        @Content Path file,
        @Default("5 min") Duration limit,
        Optional<Integer> maybe,
        List<Integer> numbers,
        @Default("{\"a\": [1]}") Map<String, List<Integer>> table,
        @DefaultFrom("make") Model model,
        List<Model> models,
        Set<Model> more,
        Map<String, List<Model>> named,
        Optional<Model> absent)
        implements Configurable {

    /**
     * Makes a default.
     *
     * @return never
     */
    static Config<Model> make() {
        throw new UnsupportedOperationException();
    }
}
