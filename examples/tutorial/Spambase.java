//DEPS io.github.padreati:rapaio-lib:7.0.1

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.experimaestro.ConfigType;

/**
 * A part of Spambase: electronic mails of 1999, to be told apart into spam (class 1) and wanted mail (class 0).
 *
 * <p>A mail is 57 numbers: how often 48 words and 6 characters occur in it (in percent), and how long its runs of
 * capital letters are (mean, longest and total, in letters). They are skewed, hence taken as log(1 + x). Of the 4,601
 * lines 391 repeat an earlier one and are left out, so that no line is in both parts. 4,210 mails remain, 39.9 % of
 * them spam: always to say "wanted" is right for 60.1 %. Every fifth mail is for testing; as the file has all the spam
 * first, both parts have the same share of it.
 *
 * <p>Source: M. Hopkins, E. Reeber, G. Forman and J. Suermondt, <a
 * href="https://doi.org/10.24432/C53G6X">Spambase</a>, UCI Machine Learning Repository, 1999 (CC BY 4.0), as shipped by
 * the Maven artifact {@code io.github.padreati:rapaio-lib} (Apache-2.0).
 *
 * @param part the mails to take: those to train on, or those held out to test
 */
@ConfigType("tutorial.spambase")
public record Spambase(Part part) implements Dataset {

    private static final String FILE = "/rapaio/datasets/spam-base.csv";
    private static final int FEATURES = 57;
    private static final int HELD_OUT_EVERY = 5;

    /** The two parts, which have no mail in common. */
    public enum Part {
        /** Four mails of five: 3,368. */
        TRAIN,
        /** One mail of five: 842. */
        TEST
    }

    @Override
    public List<Example> examples() {
        List<String> mails = distinctLines();
        return IntStream.range(0, mails.size())
                .filter(index -> (index % HELD_OUT_EVERY == 0) == (part == Part.TEST))
                .mapToObj(index -> parse(mails.get(index)))
                .toList();
    }

    @Override
    public int features() {
        return FEATURES;
    }

    @Override
    public int classes() {
        return 2;
    }

    private static List<String> distinctLines() {
        InputStream file = Spambase.class.getResourceAsStream(FILE);
        if (file == null) {
            throw new IllegalStateException("Cannot read Spambase: no " + FILE
                    + " on the class path; add io.github.padreati:rapaio-lib:7.0.1 to it.");
        }
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return reader.lines().skip(1).distinct().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read Spambase from " + FILE, e);
        }
    }

    private static Example parse(String line) {
        String[] fields = line.split(",");
        double[] features = Stream.of(fields)
                .limit(FEATURES)
                .mapToDouble(Double::parseDouble)
                .map(StrictMath::log1p)
                .toArray();
        return new Example(features, Integer.parseInt(fields[FEATURES]));
    }
}
