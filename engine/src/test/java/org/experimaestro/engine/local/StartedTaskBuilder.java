package org.experimaestro.engine.local;

import java.util.Objects;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.generated.ValueType;
import org.jspecify.annotations.Nullable;

/** The part of a generated builder that a job's process needs: these tests are compiled without the processor. */
final class StartedTaskBuilder {
    private StartedTaskBuilder() {}

    /** The descriptor, with the name that the processor gives it. */
    @SuppressWarnings("MemberName")
    static final class $Descriptor extends TypeDescriptor<StartedTask> {
        static {
            register(new $Descriptor());
        }

        private $Descriptor() {
            super("start.nothing", 1, StartedTask.class, Parameter.of("number", ValueType.INT));
        }

        @Override
        public StartedTask construct(@Nullable Object[] arguments) {
            return new StartedTask((Integer) Objects.requireNonNull(arguments[0]));
        }

        @Override
        public Object read(StartedTask value, int index) {
            return value.number();
        }
    }
}
