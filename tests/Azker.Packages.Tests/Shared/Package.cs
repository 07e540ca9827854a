using System.IO.Compression;
using System.Xml.Linq;

namespace Azker.Packages.Tests.Shared;

/// <summary>The content of a package.</summary>
internal sealed class Package : IDisposable
{
    private readonly ZipArchive _archive;

    public Package(string path)
    {
        _archive = ZipFile.OpenRead(path);
        string nuspec = Assert.Single(_archive.Entries, entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).FullName;
        Metadata = XDocument.Parse(Read(nuspec)).Root!.Elements().Single();
    }

    public XElement Metadata { get; }

    /// <summary>The files, without those that every package has.</summary>
    public IReadOnlyList<string> Files =>
    [
        .. _archive.Entries.Select(entry => entry.FullName)
            .Where(file => !file.EndsWith(".nuspec", StringComparison.Ordinal) && !file.EndsWith(".psmdcp", StringComparison.Ordinal))
            .Except(["[Content_Types].xml", "_rels/.rels"])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The dependencies: their ids, and the versions that they may have.</summary>
    public IReadOnlyDictionary<string, string> Dependencies => Metadata.Descendants()
        .Where(element => element.Name.LocalName == "dependency")
        .ToDictionary(dependency => (string)dependency.Attribute("id")!, dependency => (string)dependency.Attribute("version")!);

    public string this[string element] => Metadata.Elements().Single(child => child.Name.LocalName == element).Value;

    public string Read(string file)
    {
        using var reader = new StreamReader(_archive.GetEntry(file)!.Open());
        return reader.ReadToEnd();
    }

    /// <summary>The content of a file, in memory.</summary>
    public MemoryStream Open(string file)
    {
        var content = new MemoryStream();
        using Stream stream = _archive.GetEntry(file)!.Open();
        stream.CopyTo(content);
        content.Position = 0;
        return content;
    }

    public void Dispose() => _archive.Dispose();
}
