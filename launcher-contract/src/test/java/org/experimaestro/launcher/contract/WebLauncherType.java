package org.experimaestro.launcher.contract;

import java.net.URI;
import java.util.List;
import java.util.Set;
import org.experimaestro.spi.BatchSystem;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LauncherOption;
import org.experimaestro.spi.LauncherType;
import org.experimaestro.spi.Shell;

/** A launcher type that uses a {@link WebStation} over HTTP. */
public final class WebLauncherType implements LauncherType {
    static final String URL = "url";

    /** Creates the type. {@link java.util.ServiceLoader} would call it. */
    public WebLauncherType() {}

    @Override
    public String name() {
        return "web";
    }

    @Override
    public List<LauncherOption> options() {
        return List.of(new LauncherOption(URL, "the address of the station"));
    }

    @Override
    public Set<String> systemOptions() {
        return Set.of(URL);
    }

    @Override
    public BatchSystem open(LauncherDefinition definition, Shell shell) {
        return new WebSystem(URI.create(definition.options().get(URL)));
    }
}
