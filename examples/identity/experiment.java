import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.experimaestro.*;

/**
 * Writes a table of numbers.
 *
 * @param rows the number of rows
 * @param file the file to write
 */
@ConfigType("identity.fill")
record Fill(int rows, @GeneratedPath("rows.txt") Path file) implements Task<Rows> {
    @Override
    public void execute(TaskContext context) throws IOException {
        Files.write(file, Stream.iterate(1, i -> i + 1).limit(rows).map(String::valueOf).toList());
    }

    @Override
    public Rows outputs(Dependency dep) {
        return dep.on(new Rows(file, 1));
    }
}

/**
 * A table of numbers.
 *
 * @param file the file
 * @param threads how many threads read it
 */
@ConfigType("identity.rows")
record Rows(Path file, @Meta @Default("1") int threads) implements Configurable {}

/** A way to read a file. */
interface Reading extends Configurable {
    Stream<String> lines(Path file) throws IOException;
}

/** Reads the whole file first. */
@ConfigType("identity.whole")
record Whole() implements Reading {
    @Override
    public Stream<String> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream();
    }
}

/**
 * Reads through a buffer.
 *
 * @param size the number of characters in it
 */
@ConfigType("identity.buffered")
record Buffered(int size) implements Reading {
    @Override
    public Stream<String> lines(Path file) throws IOException {
        return new BufferedReader(Files.newBufferedReader(file), size).lines();
    }
}

/**
 * Sorts the lines into a file of its own first.
 *
 * @param sorted the sorted lines, in the folder of the job
 */
@ConfigType("identity.sorted")
record Sorted(@GeneratedPath("sorted.txt") Path sorted) implements Reading {
    @Override
    public Stream<String> lines(Path file) throws IOException {
        Files.createDirectories(sorted.getParent());
        Files.write(sorted, Files.readAllLines(file).stream().sorted().toList());
        return Files.lines(sorted);
    }
}

/**
 * Adds the numbers of a table.
 *
 * @param rows the table
 * @param reading how it is read
 */
@ConfigType("identity.total")
record Total(Rows rows, Reading reading) implements SelfTask<Total> {
    @Override
    public void execute(TaskContext context) throws IOException {
        try (Stream<String> lines = reading.lines(rows.file())) {
            context.metric("total", lines.mapToLong(Long::parseLong).sum());
        }
    }
}

/** Adds numbers, and shows what counts in the identifiers. */
class Totals implements ExperimentPlan<Totals.Settings> {
    record Settings(int rows) {}

    @Override
    public void run(Experiment xp, Settings settings) {
        Config<Rows> rows = xp.submit(FillBuilder.fill().rows(settings.rows()).build());
        Config<Whole> whole = WholeBuilder.whole().build();
        Config<Buffered> buffered = BufferedBuilder.buffered().size(1 << 16).build();

        // Two ways to read that do not count: one job
        Config<Total> first = total(rows, whole.asMeta());
        Config<Total> second = total(rows, buffered.asMeta());
        System.out.println("The ways to read are one job: " + first.id().equals(second.id()));
        xp.submit(first);
        Config<Total> added = xp.submit(second);

        // Other threads for what a task has made: still the same job
        Config<Rows> faster = RowsBuilder.toBuilder(rows).threads(8).build();
        System.out.println("So are more threads: "
                + total(faster, whole.asMeta()).id().equals(first.id()));

        // Another job, which counts how it reads, and waits for the first one
        xp.submit(total(faster, buffered).tag("size", 1 << 16).after(added));

        // A configuration with a file of its own in the folder of its job
        xp.submit(total(rows, SortedBuilder.sorted().build()).tag("reading", "sorted"));
    }

    private static Config<Total> total(Config<Rows> rows, Config<? extends Reading> reading) {
        return TotalBuilder.total().rows(rows).reading(reading).build();
    }

    @Override
    public void report(Report report) {
        System.out.println(report.table(Total.class));
    }
}
