using Azker.Core.Tests.Readme;
using YamlDotNet.RepresentationModel;

namespace Azker.Deployment.Tests.Shared;

/// <summary>A YAML file, or a part of it.</summary>
internal sealed class YamlFile(YamlNode? node, string path)
{
    /// <summary>The parts of a list.</summary>
    public IEnumerable<YamlFile> Items => ((YamlSequenceNode)Node).Select((item, index) => new YamlFile(item, $"{path}[{index}]"));

    /// <summary>The members of a mapping.</summary>
    public IEnumerable<(string Name, YamlFile Value)> Entries => ((YamlMappingNode)Node).Select(entry => (((YamlScalarNode)entry.Key).Value!, this[((YamlScalarNode)entry.Key).Value!]));

    public string Text => ((YamlScalarNode)Node).Value!;

    public bool Exists => node is not null;

    private YamlNode Node => node ?? throw new KeyNotFoundException($"There is no {path}.");

    /// <summary>A member, or one that does not exist.</summary>
    public YamlFile this[string name] =>
        new(Node is YamlMappingNode mapping && mapping.Children.TryGetValue(new YamlScalarNode(name), out YamlNode? value) ? value : null, $"{path}/{name}");

    public static YamlFile Read(string path) => Documents(path).Single();

    public static IReadOnlyList<YamlFile> Documents(string path)
    {
        using var reader = new StringReader(Pages.Read(path));
        var stream = new YamlStream();
        stream.Load(reader);
        return [.. stream.Documents.Select(document => new YamlFile(document.RootNode, path))];
    }

    public override string ToString() => path;
}
