using System.Reflection;
using System.Text.RegularExpressions;
using Azker.Conventions.Tests.Shared;
using Microsoft.Extensions.Logging;

namespace Azker.Conventions.Tests.Words;

/// <summary>A log message of the product, as it is compiled.</summary>
internal sealed record LogMessage(MethodInfo Method, LoggerMessageAttribute Attribute)
{
    public static IReadOnlyList<LogMessage> All { get; } =
        [.. from assembly in Assemblies.Product
            from type in assembly.GetTypes()
            from method in type.GetMethods(Reflected.Declared)
            let attribute = method.GetCustomAttribute<LoggerMessageAttribute>()
            where attribute is not null
            select new LogMessage(method, attribute)];

    public Type Class => Reflected.Outermost(Method.DeclaringType!);

    /// <summary>The part of the product: the package, and in Core the folder at its top.</summary>
    public string Area => string.Join('.', Class.Namespace!.Split('.').Take(Class.Assembly.GetName().Name == "Azker.Core" ? 3 : 2));

    public Prose Prose
    {
        get
        {
            (RepositoryFile file, int line) = Find();
            return new Prose(file, line, Prose.Start + Attribute.Message.ReplaceLineEndings(" "));
        }
    }

    public IEnumerable<ParameterInfo> Durations =>
        Method.GetParameters().Where(parameter => (Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType) == typeof(TimeSpan));

    /// <summary>The line of the attribute.</summary>
    private (RepositoryFile File, int Line) Find()
    {
        var declaration = new Regex($@"\bclass {Class.Name.Split('`')[0]}\b");
        var method = new Regex($@"\bpartial void {Method.Name}\(");
        return (
            from file in Repository.Files(Method.Module.Assembly.GetName().Name!, "*.cs")
            let source = file.Read()
            where source.Contains($"namespace {Class.Namespace};", StringComparison.Ordinal) && declaration.IsMatch(source)
            let match = method.Match(source)
            where match.Success
            let attribute = source.LastIndexOf("[LoggerMessage(", match.Index, StringComparison.Ordinal)
            select (file, 1 + source.AsSpan(0, attribute).Count('\n'))).Single();
    }
}
