package org.experimaestro.engine.lease;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;

/**
 * Who holds how much of one resource. Immutable.
 *
 * @param holders in the order in which they came
 */
record LeaseFile(List<Holder> holders) {
    static final String SUFFIX = ".json";
    static final LeaseFile EMPTY = new LeaseFile(List.of());

    private static final int FORMAT = 1;

    /**
     * A job that holds a part.
     *
     * @param job the path of its folder
     * @param owner the process that took the lease
     * @param amount how much
     */
    record Holder(String job, ProcessIdentity owner, long amount) {

        boolean isAlive() {
            return owner.isLocal() && owner.isAlive()
                    || JobFolder.at(Path.of(job)).status().isActive();
        }
    }

    /** A file that cannot be read is that of nobody: it is written anew, and no job is lost by it. */
    static LeaseFile read(Path file) throws IOException {
        try {
            JsonObject json = JsonObject.of(Json.parse(Files.readAllBytes(file)), file.toString());
            List<Holder> holders = new ArrayList<>();
            for (Object holder : json.list("holders")) {
                JsonObject each = JsonObject.of(holder, file.toString());
                holders.add(new Holder(
                        each.string("job"), ProcessIdentity.fromJson(each.object("owner")), each.integer("amount")));
            }
            return new LeaseFile(holders);
        } catch (NoSuchFileException | JsonException nobody) {
            return EMPTY;
        }
    }

    static List<Path> all(Path host) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(host, "[!.]*" + SUFFIX)) {
            stream.forEach(files::add);
        }
        return files;
    }

    /** Without the holders that have died. */
    LeaseFile alive() {
        return new LeaseFile(holders.stream().filter(Holder::isAlive).toList());
    }

    /** Whether so much more can be had; of a resource that nobody holds, also more than there is. */
    boolean hasRoom(long amount, long capacity) {
        long used = holders.stream().mapToLong(Holder::amount).sum();
        return amount == 0 || used == 0 || used + amount <= capacity;
    }

    LeaseFile with(String job, ProcessIdentity owner, long amount) {
        if (amount == 0) {
            return this;
        }
        List<Holder> more = new ArrayList<>(holders);
        more.add(new Holder(job, owner, amount));
        return new LeaseFile(more);
    }

    LeaseFile without(String job, ProcessIdentity owner) {
        return new LeaseFile(holders.stream()
                .filter(holder -> !holder.job().equals(job) || !holder.owner().equals(owner))
                .toList());
    }

    void write(Path file) throws IOException {
        List<Object> list = new ArrayList<>();
        for (Holder holder : holders) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("job", holder.job());
            json.put("owner", holder.owner().toJson());
            json.put("amount", holder.amount());
            list.add(json);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", FORMAT);
        json.put("holders", list);
        AtomicFile.write(file, Json.write(json));
    }
}
