package org.experimaestro.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.experimaestro.Default;
import org.experimaestro.Range;
import org.experimaestro.model.root.RootedPath;
import org.experimaestro.settings.YamlValue.Entry;
import org.experimaestro.settings.YamlValue.Mapping;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which a workspace is kept, and what is measured there: under the keys {@code folders}, {@code history},
 * {@code energy} and {@code carbon} of its settings. Immutable.
 *
 * @param folders the folders that results are read from, backed up to, or moved to, in their order
 * @param history the runs that stay
 * @param energy what is measured of the energy that jobs use
 */
public record Upkeep(List<FolderSetting> folders, HistorySettings history, EnergySettings energy) {
    /** No rules. */
    public static final Upkeep NONE = new Upkeep(List.of(), HistorySettings.NONE, EnergySettings.NONE);

    /** Copies the list. */
    public Upkeep {
        folders = List.copyOf(folders);
    }

    @DisplayName("a workspace")
    private record Written(
            @Default("[]") List<Folder> folders,
            Optional<History> history,
            Optional<EnergySettings.Measured> energy,
            Optional<Carbon> carbon) {}

    @DisplayName("the carbon dioxide")
    private record Carbon(@Range(min = 0) double intensity) {}

    @DisplayName("a folder")
    private record Folder(
            Optional<Located<Path>> use,
            @Default("false") boolean copy,
            Optional<Located<Path>> backup,
            Optional<Located<Path>> move,
            @Default("") String where) {}

    @DisplayName("the history")
    private record History(
            @Range(min = 1) Optional<Integer> done,
            @Range(min = 0) Optional<Integer> failed) {}

    /** Reads the keys of a workspace's settings. */
    static Upkeep read(Mapping map, Source source, String path, Problems problems) {
        Map<String, Entry> entries = new LinkedHashMap<>(map.entries());
        entries.keySet().retainAll(List.of(KeyNames.FOLDERS, KeyNames.HISTORY, KeyNames.ENERGY, KeyNames.CARBON));
        if (entries.isEmpty()) {
            return NONE;
        }
        return new SettingsBinder(problems, source.folder())
                .bindPart(Written.class, new Mapping(entries, map.origin()), path)
                .map(Written.class::cast)
                .map(written -> new Upkeep(
                        folders(written.folders(), entries.get(KeyNames.FOLDERS), problems),
                        written.history().map(Upkeep::history).orElse(HistorySettings.NONE),
                        new EnergySettings(written.energy(), written.carbon().map(Carbon::intensity))))
                .orElse(NONE);
    }

    private static HistorySettings history(History written) {
        return new HistorySettings(number(written.done()), number(written.failed()));
    }

    private static OptionalInt number(Optional<Integer> written) {
        return written.isPresent() ? OptionalInt.of(written.get()) : OptionalInt.empty();
    }

    private static List<FolderSetting> folders(List<Folder> written, @Nullable Entry key, Problems problems) {
        List<FolderSetting> folders = new ArrayList<>();
        if (key == null) {
            return folders;
        }
        for (Folder folder : written) {
            Map<FolderSetting.Use, Located<Path>> uses = new LinkedHashMap<>();
            folder.use().ifPresent(path -> uses.put(FolderSetting.Use.USE, path));
            folder.backup().ifPresent(path -> uses.put(FolderSetting.Use.BACKUP, path));
            folder.move().ifPresent(path -> uses.put(FolderSetting.Use.MOVE, path));
            if (uses.size() != 1 || folder.copy() && !uses.containsKey(FolderSetting.Use.USE)) {
                problems.add(
                        uses.isEmpty()
                                ? key.value().origin()
                                : uses.values().iterator().next().origin(),
                        uses.size() == 1
                                ? "\"copy\" is for a folder with \"use\""
                                : "a folder has one of the keys \"use\", \"backup\" and \"move\", found "
                                        + (uses.isEmpty() ? "none" : uses.size()),
                        "write \"folders: [{use: /data/lab/work}, {backup: /archive/work}]\"");
                continue;
            }
            uses.forEach((use, path) -> folders.add(new FolderSetting(
                    use,
                    RootedPath.plain(path.value()).toAbsolutePath().normalize(),
                    folder.copy(),
                    folder.where(),
                    path.origin().place())));
        }
        return folders;
    }

    /**
     * Returns these rules, completed by others.
     *
     * @param other the rules for a key that is missing here
     * @return the rules of both
     */
    Upkeep or(Upkeep other) {
        return new Upkeep(
                folders.isEmpty() ? other.folders : folders,
                history.isEmpty() ? other.history : history,
                energy.or(other.energy));
    }
}
