using System.Reflection;
using Azker.Conventions.Tests.Shared;

namespace Azker.Conventions.Tests.Rooms;

/// <summary>
/// Finds every type that a type and the types nested in it refer to, in signatures, attributes and method bodies. Among the
/// nested types are those that the compiler makes for iterators, async methods and closures.
/// </summary>
internal sealed class TypeReferences
{
    private readonly HashSet<Type> _found = [];

    private TypeReferences()
    {
    }

    public static IReadOnlySet<Type> Of(Type type)
    {
        var references = new TypeReferences();
        references.AddAllOf(type);
        return references._found;
    }

    private void AddAllOf(Type type)
    {
        Add(type.BaseType);
        AddEach(type.GetInterfaces());
        AddConstraints(type.GetGenericArguments());
        AddAttributes(type.GetCustomAttributesData());
        foreach (MemberInfo member in type.GetMembers(Reflected.Declared))
        {
            AddAttributes(member.GetCustomAttributesData());
            AddAllOf(member);
        }
    }

    private void AddAllOf(MemberInfo member)
    {
        switch (member)
        {
            case Type nested:
                AddAllOf(nested);
                break;
            case FieldInfo field:
                Add(field.FieldType);
                break;
            case PropertyInfo property:
                Add(property.PropertyType);
                break;
            case EventInfo happening:
                Add(happening.EventHandlerType);
                break;
            case MethodBase method:
                AddSignature(method);
                AddAttributesOfParameters(method);
                AddBody(method);
                break;
            default:
                throw new NotSupportedException($"{member.MemberType} {member.DeclaringType}.{member.Name} is of a kind that is not read yet.");
        }
    }

    private void AddSignature(MethodBase method)
    {
        AddEach(method.GetParameters().Select(parameter => parameter.ParameterType));
        Add((method as MethodInfo)?.ReturnType);
        if (method.IsGenericMethod)
        {
            AddEach(method.GetGenericArguments());
            AddConstraints(method.GetGenericArguments());
        }
    }

    private void AddAttributesOfParameters(MethodBase method)
    {
        foreach (ParameterInfo parameter in method.GetParameters().Concat(method is MethodInfo { ReturnParameter: { } result } ? [result] : []))
        {
            AddAttributes(parameter.GetCustomAttributesData());
        }
    }

    private void AddBody(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body)
        {
            return;
        }

        AddEach(body.LocalVariables.Select(local => local.LocalType));
        AddEach(body.ExceptionHandlingClauses
            .Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause).Select(clause => clause.CatchType));
        foreach (MemberInfo member in MethodCode.Members(method))
        {
            AddUse(member);
        }
    }

    private void AddUse(MemberInfo member)
    {
        Add(member as Type ?? member.DeclaringType);
        Add((member as FieldInfo)?.FieldType);
        if (member is MethodBase method)
        {
            AddSignature(method);
        }
    }

    private void AddAttributes(IEnumerable<CustomAttributeData> attributes)
    {
        foreach (CustomAttributeData attribute in attributes)
        {
            Add(attribute.AttributeType);
            AddArguments(attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(argument => argument.TypedValue)));
        }
    }

    private void AddArguments(IEnumerable<CustomAttributeTypedArgument> arguments)
    {
        foreach (CustomAttributeTypedArgument argument in arguments)
        {
            Add(argument.ArgumentType);
            Add(argument.Value as Type);
            AddArguments(argument.Value as IEnumerable<CustomAttributeTypedArgument> ?? []);
        }
    }

    private void AddConstraints(IEnumerable<Type> parameters) =>
        AddEach(parameters.Where(type => type.IsGenericParameter).SelectMany(type => type.GetGenericParameterConstraints()));

    private void AddEach(IEnumerable<Type?> types)
    {
        foreach (Type? type in types)
        {
            Add(type);
        }
    }

    private void Add(Type? type)
    {
        if (type is null || type.IsGenericParameter)
        {
            return;
        }

        if (type.IsFunctionPointer)
        {
            AddEach([type.GetFunctionPointerReturnType(), .. type.GetFunctionPointerParameterTypes()]);
        }
        else if (type.HasElementType)
        {
            Add(type.GetElementType());
        }
        else
        {
            _found.Add(type.IsGenericType ? type.GetGenericTypeDefinition() : type);
            AddEach(type.GetGenericArguments());
        }
    }
}
