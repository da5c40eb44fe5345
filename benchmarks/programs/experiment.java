import org.experimaestro.ConfigType;
import org.experimaestro.Default;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.ProcessTask;
import org.experimaestro.Program;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;

/** Many jobs that do nothing, in Java or by a program: the difference is the cost of a program. */
class ProgramPlan implements ExperimentPlan<ProgramPlan.Settings> {

    /**
     * @param count how many jobs
     * @param program whether a program does nothing, instead of Java
     */
    record Settings(int count, @Default("false") boolean program) {}

    @Override
    public void run(Experiment xp, Settings settings) {
        for (int i = 0; i < settings.count(); i++) {
            if (settings.program()) {
                xp.submit(ByProgramBuilder.byProgram().number(i).build());
            } else {
                xp.submit(InJavaBuilder.inJava().number(i).build());
            }
        }
    }
}

/** A task that does nothing. */
@ConfigType("benchmark.in-java")
record InJava(int number) implements SelfTask<InJava> {
    @Override
    public void execute(TaskContext context) {}
}

/** A task whose program does nothing. */
@ConfigType("benchmark.by-program")
record ByProgram(int number) implements ProcessTask<ByProgram> {
    @Override
    public Program program() {
        return Program.of("true");
    }
}
