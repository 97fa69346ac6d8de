"""The lab: small networks, residual and plain, trained on handwritten digits while the visitor watches.

`worker` trains in a process of its own and imports neither Streamlit nor torchvision, whose import takes as long as PyTorch's;
`laboratory` runs one such process at a time for all visitors.
"""
