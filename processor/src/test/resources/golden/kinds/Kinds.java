package kinds;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.Content;
import org.experimaestro.Default;
import org.experimaestro.OneOf;

@ConfigType("kinds")
record Kinds(
        @Default("true") boolean flag,
        @Default("-1") byte tiny,
        @Default("7") Short small,
        @Default("-9223372036854775808") long large,
        @Default("'") char letter,
        @Default("é") Character accented,
        @Default("0.1") float single,
        @Default("NaN") Double number,
        @Default("-Infinity") double low,
        @Default("-0.0") double zero,
        @Default("two\nlines \"$L\" \\ {@code}") String text,
        @Default("B") @OneOf({"A", "B"}) Mode mode,
        @Default(value = "data/train.csv", inId = true) @Content Path file,
        @Default("1 h 30 min") Duration limit,
        @Default("500 ms") @OneOf({"500 ms", "PT1S"}) Duration wait_,
        Optional<Integer> maybe,
        @Default("3") Optional<Integer> three,
        @Default("[]") List<Integer> none,
        @Default("[1, 2.5]") List<Double> numbers,
        @Default("[\"A\"]") Set<Mode> modes,
        @Default("{\"1\": [\"a\"]}") Map<Integer, List<String>> map,
        @Default("{\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"e\":5,\"f\":6,\"g\":7,\"h\":8,\"i\":9,\"j\":10,\"k\":11}")
                Map<String, Integer> large_,
        int assembly)
        implements Configurable {
    enum Mode {
        A,
        B
    }
}
