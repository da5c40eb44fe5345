package org.experimaestro.exchange;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.experimaestro.exchange.ExchangedJob.Point;
import org.experimaestro.exchange.ExchangedJob.State;

/**
 * The event files of TensorBoard: a folder for each job, {@code EXPERIMENT/TYPE/TAGS-DIGITS}, whose scalars are the
 * metrics. Tags and parameters are hyperparameters, which the tab HParams compares. Values are floats, as TensorBoard
 * has them.
 */
public final class TensorBoardFormat implements ExchangeFormat {
    /** The end of the names of our files, by which an earlier export is known. */
    private static final String OURS = ".experimaestro";

    private static final Pattern REFUSED = Pattern.compile("[^\\w.=+-]+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final int LONGEST = 100;
    private static final int ID_DIGITS = 8;
    private static final int START = 3;
    private static final int END = 4;

    /** Creates the format. */
    public TensorBoardFormat() {}

    @Override
    public void write(String experiment, List<ExchangedJob> jobs, Path folder) {
        for (ExchangedJob job : jobs) {
            Path ofType = folder.resolve(plain(experiment)).resolve(plain(job.type()));
            String digits = job.id().substring(0, ID_DIGITS);
            String name = job.label().isEmpty() ? digits : plain(job.label()) + "-" + digits;
            deleteFormer(ofType, digits, name);
            ExchangeFiles.replace(ofType.resolve(name), folder, TensorBoardFormat::isOurs, draft -> write(job, draft));
        }
    }

    private static String plain(String name) {
        return new PlainNames(REFUSED, LONGEST).next(name);
    }

    /** Deletes what an earlier export has of the job under other tags. */
    private static void deleteFormer(Path folder, String digits, String name) {
        try {
            for (Path other : ExchangeFiles.list(folder)) {
                String found = String.valueOf(other.getFileName());
                if (!found.equals(name) && (found.equals(digits) || found.endsWith("-" + digits)) && isOurs(other)) {
                    ExchangeFiles.delete(other);
                }
            }
        } catch (IOException failed) {
            throw ExchangeFiles.cannotWrite(folder, failed);
        }
    }

    private static boolean isOurs(Path folder) throws IOException {
        List<Path> files = ExchangeFiles.list(folder);
        return files.size() == 1 && files.getFirst().toString().endsWith(OURS);
    }

    /** A point of a series. */
    private record Scalar(String series, Point point) {}

    private static void write(ExchangedJob job, Path folder) throws IOException {
        List<Scalar> scalars = new ArrayList<>();
        job.metrics().get().forEach((series, points) ->
                points.forEach(point -> scalars.add(new Scalar(series, point))));
        scalars.sort(Comparator.comparing(scalar -> scalar.point().time()));
        Instant start = job.started()
                .or(() -> scalars.stream().findFirst().map(scalar -> scalar.point().time()))
                .orElse(Instant.EPOCH);
        Path file = folder.resolve("events.out.tfevents." + start.getEpochSecond() + "." + job.id() + OURS);
        try (EventFile events = new EventFile(new BufferedOutputStream(Files.newOutputStream(file)), start)) {
            events.parameters(start, "_hparams_/session_start_info", START, start(job, start));
            for (Scalar scalar : scalars) {
                Point point = scalar.point();
                events.scalar(point.time(), point.step(), scalar.series(), point.value());
            }
            if (job.ended().isPresent()) {
                Instant end = job.ended().get();
                ProtoMessage ended = new ProtoMessage()
                        .integer(1, job.state() == State.DONE ? 1 : 2) // STATUS_SUCCESS, STATUS_FAILURE of api.proto
                        .number(2, end.toEpochMilli() / 1e3);
                events.parameters(end, "_hparams_/session_end_info", END, ended);
            }
        }
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
            case Number number -> new ProtoMessage().number(2, number.doubleValue());
            default -> new ProtoMessage().text(3, value.toString());
        };
    }
}
