package org.experimaestro.exchange;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.experimaestro.exchange.ExchangedJob.Point;
import org.experimaestro.exchange.ExchangedJob.State;

/**
 * The event files of TensorBoard: a folder for each job, {@code EXPERIMENT/TYPE/TAGS-DIGITS}, whose scalars are the
 * metrics. Tags and parameters are hyperparameters, which the tab HParams compares. Values are floats, as TensorBoard
 * has them.
 */
public final class TensorBoardFormat implements ExchangeFormat {
    private static final Pattern REFUSED = Pattern.compile("[^A-Za-z0-9_.=+-]+");
    private static final int ID_DIGITS = 8;
    private static final int START = 3;
    private static final int END = 4;
    /** Beyond it, a double has not each whole number. */
    private static final long MOST_EXACT = 1L << 53;

    /** Creates the format. */
    public TensorBoardFormat() {}

    @Override
    public void write(String experiment, List<ExchangedJob> jobs, Path folder) {
        for (ExchangedJob job : jobs) {
            Path ofType = folder.resolve(plain(experiment)).resolve(plain(job.type()));
            String digits = job.id().substring(0, ID_DIGITS);
            Path place = ofType.resolve(job.label().isEmpty() ? digits : plain(job.label() + "-" + digits));
            try {
                write(job, ExportFiles.open(place));
                deleteFormer(ofType, place, job.id());
            } catch (IOException failed) {
                throw ExportFiles.cannotWrite(place, failed);
            }
        }
    }

    private static String plain(String name) {
        return new PlainNames(REFUSED).next(name);
    }

    /** Deletes what an earlier export has of the job under other tags. */
    private static void deleteFormer(Path folder, Path place, String id) throws IOException {
        for (Path other : ExportFiles.list(folder)) {
            if (!other.equals(place) && ExportFiles.listed(other).stream().anyMatch(name -> name.contains(id))) {
                ExportFiles.delete(other);
            }
        }
    }

    /** A point of a series. */
    private record Scalar(String series, Point point) {}

    private static void write(ExchangedJob job, ExportFiles files) throws IOException {
        List<Scalar> scalars = new ArrayList<>();
        job.metrics()
                .get()
                .forEach((series, points) -> points.forEach(point -> scalars.add(new Scalar(series, point))));
        scalars.sort(Comparator.comparing(scalar -> scalar.point().time()));
        Instant start = job.started()
                .or(() -> scalars.stream()
                        .findFirst()
                        .map(scalar -> scalar.point().time()))
                .orElse(Instant.EPOCH);
        // The files of a folder are read in the order of their names.
        String name = "events.out.tfevents." + start.getEpochSecond() + "." + job.id();
        String draft = ".draft"; // TensorBoard reads no file of such a name
        files.announce(Set.of(name, draft));
        Path file = files.place(draft);
        try (EventFile events = new EventFile(new BufferedOutputStream(Files.newOutputStream(file)), start)) {
            events.parameters(start, "_hparams_/session_start_info", START, start(job, start));
            for (Scalar scalar : scalars) {
                Point point = scalar.point();
                events.scalar(point.time(), point.step(), scalar.series(), point.value());
            }
            boolean isOver = job.state() != State.RUNNING && job.state() != State.WAITING;
            if (isOver) {
                Instant end = job.ended().orElse(start);
                ProtoMessage ended = new ProtoMessage()
                        .integer(1, job.state() == State.DONE ? 1 : 2) // STATUS_SUCCESS, STATUS_FAILURE of api.proto
                        .number(2, end.toEpochMilli() / 1e3);
                events.parameters(end, "_hparams_/session_end_info", END, ended);
            }
        }
        Files.move(file, files.place(name), StandardCopyOption.REPLACE_EXISTING);
        files.deleteFormer();
    }

    private static ProtoMessage start(ExchangedJob job, Instant start) {
        Map<String, Object> values = new LinkedHashMap<>(job.tags());
        job.parameters().get().forEach(values::putIfAbsent);
        ProtoMessage info = new ProtoMessage();
        values.forEach((name, value) ->
                info.message(1, new ProtoMessage().text(1, name).message(2, value(value))));
        return info.number(5, start.toEpochMilli() / 1e3);
    }

    /** Returns a {@code google.protobuf.Value}. */
    private static ProtoMessage value(Object value) {
        return switch (value) {
            case Boolean truth -> new ProtoMessage().integer(4, truth ? 1 : 0);
            case Long whole
            when whole > MOST_EXACT || whole < -MOST_EXACT -> new ProtoMessage().text(3, whole.toString());
            case Number number -> new ProtoMessage().number(2, number.doubleValue());
            default -> new ProtoMessage().text(3, value.toString());
        };
    }
}
