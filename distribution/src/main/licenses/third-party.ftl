<#-- licenseMap: the libraries of the archive by licence, as license-maven-plugin finds them in poms. -->
Libraries of others in this archive, by licence. The folder licenses has the text of each licence.
<#list licenseMap as entry>
<#if entry.getValue()?has_content>

${entry.getKey()}
<#list entry.getValue() as library>
  ${library.groupId}:${library.artifactId}:${library.version}
</#list>
</#if>
</#list>

The library standalone-static-uber contains these, which no pom tells of:

Apache-2.0
<#list [
  "com.google.code.gson:gson",
  "com.google.errorprone:error_prone_annotations",
  "commons-codec:commons-codec",
  "org.apache.httpcomponents:httpclient",
  "org.apache.httpcomponents:httpcore",
  "org.apache.maven:maven-artifact",
  "org.apache.maven:maven-builder-support",
  "org.apache.maven:maven-model",
  "org.apache.maven:maven-model-builder",
  "org.apache.maven:maven-repository-metadata",
  "org.apache.maven:maven-resolver-provider",
  "org.apache.maven:maven-settings",
  "org.apache.maven:maven-settings-builder",
  "org.apache.maven.resolver:maven-resolver-api",
  "org.apache.maven.resolver:maven-resolver-connector-basic",
  "org.apache.maven.resolver:maven-resolver-impl",
  "org.apache.maven.resolver:maven-resolver-named-locks",
  "org.apache.maven.resolver:maven-resolver-spi",
  "org.apache.maven.resolver:maven-resolver-supplier",
  "org.apache.maven.resolver:maven-resolver-transport-file",
  "org.apache.maven.resolver:maven-resolver-transport-http",
  "org.apache.maven.resolver:maven-resolver-util",
  "org.codehaus.plexus:plexus-cipher",
  "org.codehaus.plexus:plexus-interpolation",
  "org.codehaus.plexus:plexus-sec-dispatcher",
  "org.codehaus.plexus:plexus-utils"
] as library>
  ${library}
</#list>

BSD-3-Clause
  org.ow2.asm:asm

EPL-2.0
  eu.maveniverse.maven.mima.runtime:standalone-shared
  eu.maveniverse.maven.mima.runtime:standalone-static

Parts of plexus-utils are under the licences in the folder "licenses" of that jar.

The source code of what is under EPL-2.0 is at https://github.com/maveniverse/mima, unchanged, in the version given above.

This product includes software developed at The Apache Software Foundation (https://www.apache.org/).
This product includes software of the Hipparchus project (https://hipparchus.org), and software developed for Orekit by CS Systèmes d'Information.
This product includes software developed by the Indiana University Extreme! Lab (http://www.extreme.indiana.edu/).
