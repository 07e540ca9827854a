namespace Azker.Conventions.Tests.Rooms;

/// <summary>Refers to each type of this file but one, to each in another way.</summary>
[Mark(typeof(NamedByAttribute))]
internal sealed class Sample<T> : BaseType, ImplementedInterface
    where T : Constraint
{
    private readonly FieldType[] _field = [];

    public PropertyType? Property { get; set; }

    public List<GenericArgument> Generic { get; } = [];

    public Result? Signature(Parameter? parameter) => parameter is null && _field.Length == 0 ? null : default;

    public static object Creates() => new CreatedInBody();

    public static int Calls() => CalledInBody.Count();

    public static string Names() => typeof(NamedInBody).Name;

    public static int TakesTypeArgument() => Array.Empty<TypeArgumentInBody>().Length;

    public static bool Catches(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (Caught)
        {
            return false;
        }
    }

    public static Func<object> Closes(int number) => () => number + UsedInLambda.Number;

    public static async Task<int> Awaits(Task task)
    {
        await task;
        return UsedAfterAwait.Number;
    }

    public static IEnumerable<int> Iterates()
    {
        yield return UsedInIterator.Number;
    }

    public static object Switches(int number) => number switch
    {
        0 => 1.5,
        1 => 20_000_000_000,
        2 => "text",
        3 => number,
        _ => UsedAfterSwitch.Number,
    };

    private static class Nested
    {
        public static int Number => UsedByNestedType.Number;
    }
}

internal class BaseType;

internal interface ImplementedInterface;

internal sealed class FieldType;

internal sealed class PropertyType;

internal sealed class Parameter;

internal sealed class Result;

internal sealed class GenericArgument;

internal interface Constraint;

[AttributeUsage(AttributeTargets.Class)]
internal sealed class MarkAttribute(Type type) : Attribute
{
    public Type Type { get; } = type;
}

internal sealed class NamedByAttribute;

internal sealed class CreatedInBody;

internal static class CalledInBody
{
    public static int Count() => 1;
}

internal static class NamedInBody;

internal sealed class TypeArgumentInBody;

internal sealed class Caught : Exception;

internal static class UsedInLambda
{
    public static int Number { get; } = 1;
}

internal static class UsedAfterAwait
{
    public static int Number { get; } = 2;
}

internal static class UsedInIterator
{
    public static int Number { get; } = 3;
}

internal static class UsedAfterSwitch
{
    public static int Number { get; } = 4;
}

internal static class UsedByNestedType
{
    public static int Number { get; } = 5;
}

internal sealed class Unused;
