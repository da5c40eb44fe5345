package org.experimaestro.cli.workspace;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.experimaestro.WorkspaceException;
import org.experimaestro.copy.folder.FolderRule;
import org.experimaestro.monitor.filter.Filter;
import org.experimaestro.settings.FolderSetting;
import org.experimaestro.settings.NamedFilters;
import org.experimaestro.settings.UserSettings;
import org.experimaestro.settings.WorkspaceSettings;

/** The rules of a workspace about other folders, as its settings have them. */
public final class FolderRules {
    private FolderRules() {}

    /**
     * Returns the rules.
     *
     * @param settings the settings of the workspace
     * @param user those of the user, which may have named filters
     * @param warnings receives the reason for each rule that is left out because its filter is wrong
     * @return the rules in their order
     */
    public static List<FolderRule> of(WorkspaceSettings settings, UserSettings user, Consumer<String> warnings) {
        List<FolderRule> rules = new ArrayList<>();
        if (settings.upkeep().folders().isEmpty()) {
            return rules;
        }
        NamedFilters filters = settings.filters(user);
        filters.problems().forEach(warnings);
        for (FolderSetting setting : settings.upkeep().folders()) {
            try {
                Filter where = setting.where().isBlank() ? Filter.ALL : Filter.parse(setting.where(), filters.texts());
                rules.add(new FolderRule(kind(setting), setting.folder(), where));
            } catch (WorkspaceException wrong) {
                warnings.accept(setting.place() + ": " + wrong.getMessage() + "; the rule for " + setting.folder()
                        + " is left out");
            }
        }
        return rules;
    }

    private static FolderRule.Kind kind(FolderSetting setting) {
        return switch (setting.use()) {
            case USE -> setting.copied() ? FolderRule.Kind.COPY : FolderRule.Kind.LINK;
            case BACKUP -> FolderRule.Kind.BACKUP;
            case MOVE -> FolderRule.Kind.MOVE;
        };
    }
}
