using System.Xml.Linq;

namespace Azker.Packages.Tests.Shared;

/// <summary>A solution of projects that one build builds together.</summary>
internal static class Solution
{
    /// <returns>The path of the solution.</returns>
    public static string Write(string path, IEnumerable<string> projects)
    {
        new XDocument(new XElement("Solution", projects.Select(project => new XElement("Project", new XAttribute("Path", project))))).Save(path);
        return path;
    }
}
