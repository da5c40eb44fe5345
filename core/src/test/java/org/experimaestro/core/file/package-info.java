/** Tests of files that are seen whole or not at all. */
package org.experimaestro.core.file;
