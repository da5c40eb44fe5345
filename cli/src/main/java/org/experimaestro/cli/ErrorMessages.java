package org.experimaestro.cli;

import org.experimaestro.ExperimaestroException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Shows what could not be done as its message. Anything else is a defect of ours, and keeps its stack trace. */
final class ErrorMessages implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult arguments)
            throws Exception {
        if (!(failure instanceof ExperimaestroException ours)) {
            throw failure;
        }
        command.getErr().println(command.getColorScheme().errorText("Error: " + ours.getMessage()));
        return ExitCode.SOFTWARE;
    }
}
