/** Tests of the analysis of a submitted task. */
package org.experimaestro.core.task;
