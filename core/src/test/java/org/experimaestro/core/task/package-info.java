/** Tests of what a submission finds out about a task. */
package org.experimaestro.core.task;
