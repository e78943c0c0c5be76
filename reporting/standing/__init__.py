"""红黄绿灯: how assignments, measures and indicators stand, each with one line of reason.

`facts` holds what is known, `loading` fetches it set-wise, `assignments`, `figures` and `measures` judge it purely,
`writing` stores what came out.
"""
