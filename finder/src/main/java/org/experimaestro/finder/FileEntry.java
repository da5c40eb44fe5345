package org.experimaestro.finder;

import java.util.Map;
import org.experimaestro.Default;
import org.experimaestro.settings.DisplayName;
import org.experimaestro.settings.Located;

/**
 * The launcher file as it is written.
 *
 * @param connectors the connectors by name; the key {@code type} of each is its type, all others are options
 * @param launchers the launchers by name, in the order of the file
 */
@DisplayName("the launcher file")
record FileEntry(
        @Default("{}") Map<String, Located<Map<String, Located<Word>>>> connectors,
        @Default("{}") Map<String, Located<LauncherEntry>> launchers) {}
