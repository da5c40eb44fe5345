package kinds;

import java.lang.Boolean;
import java.lang.Character;
import java.lang.Double;
import java.lang.Exception;
import java.lang.IndexOutOfBoundsException;
import java.lang.Integer;
import java.lang.Number;
import java.lang.Object;
import java.lang.Override;
import java.lang.Short;
import java.lang.String;
import java.lang.SuppressWarnings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.Generated;
import org.experimaestro.Config;
import org.experimaestro.ConfigBuilder;
import org.experimaestro.ConfigException;
import org.experimaestro.Tagged;
import org.experimaestro.generated.BuilderState;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.generated.ValueType;

/**
 * Builds configurations of the type {@link Kinds}.
 */
@Generated("org.experimaestro.processor.ConfigProcessor")
@SuppressWarnings({"deprecation", "removal"})
final class KindsBuilder implements ConfigBuilder<Kinds> {
    /**
     * The parameters that are set.
     */
    private final BuilderState<Kinds> assembly;

    /**
     * For the static methods.
     *
     * @param assembly the parameters that are set
     */
    private KindsBuilder(BuilderState<Kinds> assembly) {
        this.assembly = assembly;
    }

    /**
     * Starts a configuration of the type {@link Kinds}.
     *
     * @return a new builder
     */
    public static KindsBuilder kinds() {
        return new KindsBuilder(BuilderState.of($Descriptor.INSTANCE));
    }

    /**
     * Starts a variation of a configuration: all parameters and tags are set as they are there.
     *
     * @param config the configuration
     * @return a new builder
     * @throws ConfigException if a task makes the configuration
     */
    public static KindsBuilder toBuilder(Config<Kinds> config) {
        return new KindsBuilder(BuilderState.from(config));
    }

    /**
     * Sets {@code flag}.
     *
     * <p>Default: {@code true}.
     *
     * @param flag the value
     * @return this builder
     */
    public KindsBuilder flag(boolean flag) {
        assembly.set(0, flag);
        return this;
    }

    /**
     * Sets {@code flag}.
     *
     * <p>Default: {@code true}.
     *
     * @param flag the value, which is a tag of the configuration too
     * @return this builder
     */
    public KindsBuilder flag(Tagged<Boolean> flag) {
        assembly.set(0, flag);
        return this;
    }

    /**
     * Sets {@code tiny}.
     *
     * <p>Default: {@code -1}.
     *
     * @param tiny the value
     * @return this builder
     */
    public KindsBuilder tiny(byte tiny) {
        assembly.set(1, tiny);
        return this;
    }

    /**
     * Sets {@code tiny}.
     *
     * <p>Default: {@code -1}.
     *
     * @param tiny the value, which is a tag of the configuration too
     * @return this builder
     */
    public KindsBuilder tiny(Tagged<? extends Number> tiny) {
        assembly.set(1, tiny);
        return this;
    }

    /**
     * Sets {@code small}.
     *
     * <p>Default: {@code 7}.
     *
     * @param small the value
     * @return this builder
     */
    public KindsBuilder small(short small) {
        assembly.set(2, small);
        return this;
    }

    /**
     * Sets {@code small}.
     *
     * <p>Default: {@code 7}.
     *
     * @param small the value, which is a tag of the configuration too
     * @return this builder
     */
    public KindsBuilder small(Tagged<? extends Number> small) {
        assembly.set(2, small);
        return this;
    }

    /**
     * Sets {@code large}.
     *
     * <p>Default: {@code -9223372036854775808}.
     *
     * @param large the value
     * @return this builder
     */
    public KindsBuilder large(long large) {
        assembly.set(3, large);
        return this;
    }

    /**
     * Sets {@code large}.
     *
     * <p>Default: {@code -9223372036854775808}.
     *
     * @param large the value, which is a tag of the configuration too
     * @return this builder
     */
    public KindsBuilder large(Tagged<? extends Number> large) {
        assembly.set(3, large);
        return this;
    }

    /**
     * Sets {@code letter}.
     *
     * <p>Default: {@code '}.
     *
     * @param letter the value
     * @return this builder
     */
    public KindsBuilder letter(char letter) {
        assembly.set(4, letter);
        return this;
    }

    /**
     * Sets {@code letter}.
     *
     * <p>Default: {@code '}.
     *
     * @param letter the value, which is a tag of the configuration too
     * @return this builder
     */
    public KindsBuilder letter(Tagged<Character> letter) {
        assembly.set(4, letter);
        return this;
    }

    /**
     * Sets {@code accented}.
     *
     * <p>Default: {@code é}.
     *
     * @param accented the value
     * @return this builder
     */
    public KindsBuilder accented(char accented) {
        assembly.set(5, accented);
        return this;
    }

    /**
     * Sets {@code accented}.
     *
     * <p>Default: {@code é}.
     *
     * @param accented the value, which is a tag of the configuration too
     * @return this builder
     */
    public KindsBuilder accented(Tagged<Character> accented) {
        assembly.set(5, accented);
        return this;
    }

    /**
     * Sets {@code single}.
     *
     * <p>Default: {@code 0.1}.
     *
     * @param single the value
     * @return this builder
     */
    public KindsBuilder single(float single) {
        assembly.set(6, single);
        return this;
    }

    /**
     * Sets {@code single}.
     *
     * <p>Default: {@code 0.1}.
     *
     * @param single the value, which is a tag of the configuration too
     * @return this builder
     */
    public KindsBuilder single(Tagged<? extends Number> single) {
        assembly.set(6, single);
        return this;
    }

    /**
     * Sets {@code number}.
     *
     * <p>Default: {@code NaN}.
     *
     * @param number the value
     * @return this builder
     */
    public KindsBuilder number(double number) {
        assembly.set(7, number);
        return this;
    }

    /**
     * Sets {@code number}.
     *
     * <p>Default: {@code NaN}.
     *
     * @param number the value, which is a tag of the configuration too
     * @return this builder
     */
    public KindsBuilder number(Tagged<? extends Number> number) {
        assembly.set(7, number);
        return this;
    }

    /**
     * Sets {@code low}.
     *
     * <p>Default: {@code -Infinity}.
     *
     * @param low the value
     * @return this builder
     */
    public KindsBuilder low(double low) {
        assembly.set(8, low);
        return this;
    }

    /**
     * Sets {@code low}.
     *
     * <p>Default: {@code -Infinity}.
     *
     * @param low the value, which is a tag of the configuration too
     * @return this builder
     */
    public KindsBuilder low(Tagged<? extends Number> low) {
        assembly.set(8, low);
        return this;
    }

    /**
     * Sets {@code zero}.
     *
     * <p>Default: {@code -0.0}.
     *
     * @param zero the value
     * @return this builder
     */
    public KindsBuilder zero(double zero) {
        assembly.set(9, zero);
        return this;
    }

    /**
     * Sets {@code zero}.
     *
     * <p>Default: {@code -0.0}.
     *
     * @param zero the value, which is a tag of the configuration too
     * @return this builder
     */
    public KindsBuilder zero(Tagged<? extends Number> zero) {
        assembly.set(9, zero);
        return this;
    }

    /**
     * Sets {@code text}.
     *
     * <p>Default: <code>two
     * lines "$L" &#92; {&#64;code}</code>.
     *
     * @param text the value
     * @return this builder
     */
    public KindsBuilder text(String text) {
        assembly.set(10, text);
        return this;
    }

    /**
     * Sets {@code text}.
     *
     * <p>Default: <code>two
     * lines "$L" &#92; {&#64;code}</code>.
     *
     * @param text the value, which is a tag of the configuration too
     * @return this builder
     */
    public KindsBuilder text(Tagged<String> text) {
        assembly.set(10, text);
        return this;
    }

    /**
     * Sets {@code mode}.
     *
     * <p>Default: {@code B}. One of {@code A}, {@code B}.
     *
     * @param mode the value
     * @return this builder
     */
    public KindsBuilder mode(Kinds.Mode mode) {
        assembly.set(11, mode);
        return this;
    }

    /**
     * Sets {@code mode}.
     *
     * <p>Default: {@code B}. One of {@code A}, {@code B}.
     *
     * @param mode the value, which is a tag of the configuration too
     * @return this builder
     */
    public KindsBuilder mode(Tagged<Kinds.Mode> mode) {
        assembly.set(11, mode);
        return this;
    }

    /**
     * Sets {@code file}.
     *
     * <p>Default: {@code data/train.csv}, which counts in the identifier. Identified by what the file or folder contains.
     *
     * @param file the value
     * @return this builder
     */
    public KindsBuilder file(Path file) {
        assembly.set(12, file);
        return this;
    }

    /**
     * Sets {@code file}.
     *
     * <p>Default: {@code data/train.csv}, which counts in the identifier. Identified by what the file or folder contains.
     *
     * @param file the value, which is a tag of the configuration too
     * @return this builder
     */
    public KindsBuilder file(Tagged<Path> file) {
        assembly.set(12, file);
        return this;
    }

    /**
     * Sets {@code limit}.
     *
     * <p>Default: {@code 1 h 30 min}.
     *
     * @param limit the value
     * @return this builder
     */
    public KindsBuilder limit(Duration limit) {
        assembly.set(13, limit);
        return this;
    }

    /**
     * Sets {@code limit}.
     *
     * <p>Default: {@code 1 h 30 min}.
     *
     * @param limit the value, which is a tag of the configuration too
     * @return this builder
     */
    public KindsBuilder limit(Tagged<Duration> limit) {
        assembly.set(13, limit);
        return this;
    }

    /**
     * Sets {@code wait_}.
     *
     * <p>Default: {@code 500 ms}. One of {@code 500 ms}, {@code PT1S}.
     *
     * @param wait_ the value
     * @return this builder
     */
    public KindsBuilder wait_(Duration wait_) {
        assembly.set(14, wait_);
        return this;
    }

    /**
     * Sets {@code wait_}.
     *
     * <p>Default: {@code 500 ms}. One of {@code 500 ms}, {@code PT1S}.
     *
     * @param wait_ the value, which is a tag of the configuration too
     * @return this builder
     */
    public KindsBuilder wait_(Tagged<Duration> wait_) {
        assembly.set(14, wait_);
        return this;
    }

    /**
     * Sets {@code maybe}.
     *
     * <p>Absent unless set.
     *
     * @param maybe the value
     * @return this builder
     */
    public KindsBuilder maybe(int maybe) {
        assembly.set(15, maybe);
        return this;
    }

    /**
     * Sets {@code maybe}.
     *
     * <p>Absent unless set.
     *
     * @param maybe the value; empty leaves it absent
     * @return this builder
     */
    public KindsBuilder maybe(Optional<Integer> maybe) {
        assembly.set(15, maybe);
        return this;
    }

    /**
     * Sets {@code maybe}.
     *
     * <p>Absent unless set.
     *
     * @param maybe the value, which is a tag of the configuration too
     * @return this builder
     */
    public KindsBuilder maybe(Tagged<? extends Number> maybe) {
        assembly.set(15, maybe);
        return this;
    }

    /**
     * Sets {@code three}.
     *
     * <p>Default: {@code 3}.
     *
     * @param three the value
     * @return this builder
     */
    public KindsBuilder three(int three) {
        assembly.set(16, three);
        return this;
    }

    /**
     * Sets {@code three}.
     *
     * <p>Default: {@code 3}.
     *
     * @param three the value; empty leaves it absent
     * @return this builder
     */
    public KindsBuilder three(Optional<Integer> three) {
        assembly.set(16, three);
        return this;
    }

    /**
     * Sets {@code three}.
     *
     * <p>Default: {@code 3}.
     *
     * @param three the value, which is a tag of the configuration too
     * @return this builder
     */
    public KindsBuilder three(Tagged<? extends Number> three) {
        assembly.set(16, three);
        return this;
    }

    /**
     * Sets {@code none}.
     *
     * <p>Default: {@code []}.
     *
     * @param none the value
     * @return this builder
     */
    public KindsBuilder none(List<Integer> none) {
        assembly.set(17, none);
        return this;
    }

    /**
     * Sets {@code none}.
     *
     * <p>Default: {@code []}.
     *
     * @param none the value, which is a tag of the configuration too
     * @return this builder
     */
    public KindsBuilder none(Tagged<? extends List<Integer>> none) {
        assembly.set(17, none);
        return this;
    }

    /**
     * Sets {@code numbers}.
     *
     * <p>Default: {@code [1, 2.5]}.
     *
     * @param numbers the value
     * @return this builder
     */
    public KindsBuilder numbers(List<Double> numbers) {
        assembly.set(18, numbers);
        return this;
    }

    /**
     * Sets {@code numbers}.
     *
     * <p>Default: {@code [1, 2.5]}.
     *
     * @param numbers the value, which is a tag of the configuration too
     * @return this builder
     */
    public KindsBuilder numbers(Tagged<? extends List<Double>> numbers) {
        assembly.set(18, numbers);
        return this;
    }

    /**
     * Sets {@code modes}.
     *
     * <p>Default: {@code ["A"]}.
     *
     * @param modes the value
     * @return this builder
     */
    public KindsBuilder modes(Collection<Kinds.Mode> modes) {
        assembly.set(19, modes);
        return this;
    }

    /**
     * Sets {@code modes}.
     *
     * <p>Default: {@code ["A"]}.
     *
     * @param modes the value, which is a tag of the configuration too
     * @return this builder
     */
    public KindsBuilder modes(Tagged<? extends Collection<Kinds.Mode>> modes) {
        assembly.set(19, modes);
        return this;
    }

    /**
     * Sets {@code map}.
     *
     * <p>Default: <code>{"1": ["a"]}</code>.
     *
     * @param map the value
     * @return this builder
     */
    public KindsBuilder map(Map<Integer, List<String>> map) {
        assembly.set(20, map);
        return this;
    }

    /**
     * Sets {@code map}.
     *
     * <p>Default: <code>{"1": ["a"]}</code>.
     *
     * @param map the value, which is a tag of the configuration too
     * @return this builder
     */
    public KindsBuilder map(Tagged<? extends Map<Integer, List<String>>> map) {
        assembly.set(20, map);
        return this;
    }

    /**
     * Sets {@code large_}.
     *
     * <p>Default: <code>{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9,"j":10,"k":11}</code>.
     *
     * @param large_ the value
     * @return this builder
     */
    public KindsBuilder large_(Map<String, Integer> large_) {
        assembly.set(21, large_);
        return this;
    }

    /**
     * Sets {@code large_}.
     *
     * <p>Default: <code>{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9,"j":10,"k":11}</code>.
     *
     * @param large_ the value, which is a tag of the configuration too
     * @return this builder
     */
    public KindsBuilder large_(Tagged<? extends Map<String, Integer>> large_) {
        assembly.set(21, large_);
        return this;
    }

    /**
     * Sets {@code assembly}.
     *
     * <p>Required.
     *
     * @param value the value
     * @return this builder
     */
    public KindsBuilder assembly(int value) {
        assembly.set(22, value);
        return this;
    }

    /**
     * Sets {@code assembly}.
     *
     * <p>Required.
     *
     * @param value the value, which is a tag of the configuration too
     * @return this builder
     */
    public KindsBuilder assembly(Tagged<? extends Number> value) {
        assembly.set(22, value);
        return this;
    }

    @Override
    public Config<Kinds> build() {
        return assembly.build();
    }

    /**
     * The descriptor of {@link Kinds}, for the system and not for plans.
     */
    public static final class $Descriptor extends TypeDescriptor<Kinds> {
        /**
         * The one descriptor.
         */
        static final $Descriptor INSTANCE = new $Descriptor();

        static {
            register(INSTANCE);
        }

        /**
         * Describes the type.
         */
        private $Descriptor() {
            super(
                    "kinds",
                    1,
                    Kinds.class,
                    Parameter.of("flag", ValueType.BOOLEAN).withDefault(true),
                    Parameter.of("tiny", ValueType.BYTE).withDefault((byte) -1),
                    Parameter.of("small", ValueType.SHORT).withDefault((short) 7),
                    Parameter.of("large", ValueType.LONG).withDefault(-9223372036854775808L),
                    Parameter.of("letter", ValueType.CHAR).withDefault((char) 39),
                    Parameter.of("accented", ValueType.CHAR).withDefault((char) 233),
                    Parameter.of("single", ValueType.FLOAT).withDefault(0.1f),
                    Parameter.of("number", ValueType.DOUBLE).withDefault(Double.NaN),
                    Parameter.of("low", ValueType.DOUBLE).withDefault(Double.NEGATIVE_INFINITY),
                    Parameter.of("zero", ValueType.DOUBLE).withDefault(-0.0),
                    Parameter.of("text", ValueType.STRING).withDefault("two\nlines \"$L\" \\ {@code}"),
                    Parameter.of("mode", ValueType.enumeration(Kinds.Mode.class)).withDefault(Kinds.Mode.B).withChoices("A", "B"),
                    Parameter.of("file", ValueType.PATH).withDefault(Path.of("data/train.csv")).withDefaultInId().withContent(),
                    Parameter.of("limit", ValueType.DURATION).withDefault(Duration.ofSeconds(5400L)),
                    Parameter.of("wait_", ValueType.DURATION).withDefault(Duration.ofSeconds(0L, 500000000)).withChoices("PT0.5S", "PT1S"),
                    Parameter.of("maybe", ValueType.optional(ValueType.INT)),
                    Parameter.of("three", ValueType.optional(ValueType.INT)).withDefault(3),
                    Parameter.of("none", ValueType.list(ValueType.INT)).withDefault(List.of()),
                    Parameter.of("numbers", ValueType.list(ValueType.DOUBLE)).withDefault(List.of(1.0, 2.5)),
                    Parameter.of("modes", ValueType.set(ValueType.enumeration(Kinds.Mode.class))).withDefault(Set.of(Kinds.Mode.A)),
                    Parameter.of("map", ValueType.map(ValueType.INT, ValueType.list(ValueType.STRING))).withDefault(Map.of(1, List.of("a"))),
                    Parameter.of("large_", ValueType.map(ValueType.STRING, ValueType.INT)).withDefault(Map.ofEntries(Map.entry("a", 1), Map.entry("b", 2), Map.entry("c", 3), Map.entry("d", 4), Map.entry("e", 5), Map.entry("f", 6), Map.entry("g", 7), Map.entry("h", 8), Map.entry("i", 9), Map.entry("j", 10), Map.entry("k", 11))),
                    Parameter.of("assembly", ValueType.INT));
        }

        @Override
        @SuppressWarnings("unchecked")
        public Kinds construct(Object[] arguments) throws Exception {
            return new Kinds(
                    (boolean) arguments[0],
                    (byte) arguments[1],
                    (Short) arguments[2],
                    (long) arguments[3],
                    (char) arguments[4],
                    (Character) arguments[5],
                    (float) arguments[6],
                    (Double) arguments[7],
                    (double) arguments[8],
                    (double) arguments[9],
                    (String) arguments[10],
                    (Kinds.Mode) arguments[11],
                    (Path) arguments[12],
                    (Duration) arguments[13],
                    (Duration) arguments[14],
                    (Optional<Integer>) arguments[15],
                    (Optional<Integer>) arguments[16],
                    (List<Integer>) arguments[17],
                    (List<Double>) arguments[18],
                    (Set<Kinds.Mode>) arguments[19],
                    (Map<Integer, List<String>>) arguments[20],
                    (Map<String, Integer>) arguments[21],
                    (int) arguments[22]);
        }

        @Override
        public Object read(Kinds value, int index) {
            return switch (index) {
                case 0 -> value.flag();
                case 1 -> value.tiny();
                case 2 -> value.small();
                case 3 -> value.large();
                case 4 -> value.letter();
                case 5 -> value.accented();
                case 6 -> value.single();
                case 7 -> value.number();
                case 8 -> value.low();
                case 9 -> value.zero();
                case 10 -> value.text();
                case 11 -> value.mode();
                case 12 -> value.file();
                case 13 -> value.limit();
                case 14 -> value.wait_();
                case 15 -> value.maybe();
                case 16 -> value.three();
                case 17 -> value.none();
                case 18 -> value.numbers();
                case 19 -> value.modes();
                case 20 -> value.map();
                case 21 -> value.large_();
                case 22 -> value.assembly();
                default -> throw new IndexOutOfBoundsException(index);
            };
        }
    }
}
